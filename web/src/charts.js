// The drawings over time become charts that zoom together and share one crosshair.
import uPlot from 'uplot';
import { readable, tickLabels, timeLabels } from './format.js';

const font = '12px system-ui, sans-serif';
const gutter = 62;  // as --gutter in style.css: the drawings below begin at the same place

function colourOf(page, name) {
    return getComputedStyle(page.documentElement).getPropertyValue(`--${name}`).trim();
}

// Round numbers of seconds, minutes and hours.
const timeSteps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200];

// One number stands for all points, and one a column for both points of it.
function expanded(values, n) {
    if (!Array.isArray(values)) return Array(n).fill(values);
    return values.length === n ? values : values.flatMap(value => [value, value]);
}

// A band is two invisible series and the area between them.
function seriesOf(page, spec) {
    const series = [{}];
    const columns = [Array.from({ length: spec.points }, (_, i) => spec.first + i * spec.step)];
    const bands = [];
    const told = [];  // which series are read off, by which name
    const add = (values, options) => {
        columns.push(expanded(values, spec.points));
        return series.push({ points: { show: false }, ...options }) - 1;
    };
    // The first line is the one that matters most: it is drawn last, on top.
    for (const line of [...spec.lines].reverse()) {
        const [name, ...rest] = line.colours.split(' ');
        const stroke = colourOf(page, name);
        const dash = rest.includes('dashed') ? [6, 4] : undefined;
        if (line.lo != null) {
            const hi = add(line.hi, { width: 0 });
            const lo = add(line.lo, { width: 0 });
            bands.push({ series: [hi, lo], fill: `color-mix(in srgb, ${stroke} 28%, transparent)` });
        }
        told.unshift([add(line.mean, { stroke, dash, width: 1.5 }), line.label]);
    }
    return { series, columns, bands, told };
}

function shadeFaults(page, faults) {
    return chart => {
        const { ctx, bbox } = chart;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        ctx.fillStyle = colourOf(page, 'fault');
        for (const [begin, end] of faults) {
            const left = chart.valToPos(begin, 'x', true);
            ctx.fillRect(left, bbox.top, chart.valToPos(end, 'x', true) - left, bbox.height);
        }
        ctx.restore();
    };
}

function axisOf(page, options) {
    return {
        stroke: colourOf(page, 'dim'),
        font,
        grid: { stroke: colourOf(page, 'grid'), width: 1 },
        ticks: { show: false },
        ...options,
    };
}

class Chart {
    constructor(page, holder, group) {
        this.page = page;
        this.holder = holder;
        this.group = group;
        this.spec = JSON.parse(holder.querySelector('script').textContent);
        this.plot = holder.querySelector('.plot');
        this.mount = page.createElement('div');
        this.mount.className = 'live';
        this.mount.setAttribute('role', 'img');
        this.mount.setAttribute('aria-label', this.plot.getAttribute('aria-label'));
        this.height = this.plot.getBoundingClientRect().height;
        holder.append(this.mount);
        holder.classList.add('is-live');
        const caption = holder.closest('figure').querySelector('figcaption');
        this.readout = page.createElement('output');
        this.readout.className = 'readout';
        this.readout.setAttribute('aria-live', 'off');
        caption.append(this.readout);
        this.draw();
    }

    draw() {
        const range = this.chart ? [this.chart.scales.x.min, this.chart.scales.x.max] : [0, this.spec.length];
        this.chart?.destroy();
        const { series, columns, bands, told } = seriesOf(this.page, this.spec);
        this.told = told;
        this.chart = new uPlot(this.options(series, bands, range), columns, this.mount);
    }

    options(series, bands, range) {
        const { spec, page } = this;
        return {
            width: this.mount.clientWidth,
            height: this.height,
            padding: [6, 22, 0, 0],
            legend: { show: false },
            series,
            bands,
            scales: {
                x: { time: false, range: (_, min, max) => [Math.max(0, min), Math.min(spec.length, max)], min: range[0], max: range[1] },
                // The whole height always means the same, so that charts can be compared while zoomed.
                y: { range: () => [0, spec.top] },
            },
            axes: [
                axisOf(page, { size: 24, gap: 4, space: 56, incrs: timeSteps, values: (_, ticks) => timeLabels(ticks, spec.length) }),
                axisOf(page, { size: gutter, gap: 6, space: 30, values: (_, ticks) => tickLabels(ticks, spec.unit) }),
            ],
            cursor: {
                sync: { key: 'time' },
                points: { size: 6 },
                drag: { x: true, y: false, setScale: true },
                y: false,
                bind: { dblclick: () => () => { this.group.reset(); return null; } },
            },
            hooks: {
                drawClear: [shadeFaults(page, spec.faults)],
                setCursor: [() => this.tell()],
                setScale: [(chart, key) => { if (key === 'x') this.group.follow(this, chart.scales.x); }],
            },
        };
    }

    // What the crosshair points at, in the title.
    tell() {
        const at = this.chart?.cursor.idx;
        if (at == null) {
            this.readout.textContent = '';
            return;
        }
        const time = this.chart.data[0][at];
        const values = this.told.map(([i, label]) => `${label} ${readable(this.chart.data[i][at], this.spec.unit)}`);
        this.readout.textContent = `${time.toFixed(this.spec.step < 1 ? 2 : 0)} s: ${values.join(', ')}`;
    }

    zoom(min, max) {
        const x = this.chart.scales.x;
        const to = [Math.max(0, min), Math.min(this.spec.length, max)];
        if (x.min !== to[0] || x.max !== to[1]) this.chart.setScale('x', { min: to[0], max: to[1] });
    }

    resize() {
        if (this.mount.clientWidth > 0) this.chart.setSize({ width: this.mount.clientWidth, height: this.height });
    }
}

// All charts over time show the same span.
class Group {
    charts = [];
    busy = false;

    follow(leader, { min, max }) {
        if (this.busy || min == null) return;
        this.busy = true;
        for (const chart of this.charts) if (chart !== leader) chart.zoom(min, max);
        this.busy = false;
    }

    zoomBy(factor) {
        const { min, max } = this.charts[0].chart.scales.x;
        const middle = (min + max) / 2;
        const half = Math.max(((max - min) / 2) * factor, this.charts[0].spec.step * 5);
        this.charts[0].zoom(middle - half, middle + half);
    }

    shiftBy(share) {
        const { min, max } = this.charts[0].chart.scales.x;
        const far = Math.min(Math.max((max - min) * share, -min), this.charts[0].spec.length - max);
        this.charts[0].zoom(min + far, max + far);
    }

    reset() {
        this.charts[0].zoom(0, Infinity);
    }
}

function setUpControls(page, group) {
    const actions = [
        ['←', 'Earlier', () => group.shiftBy(-0.3)],
        ['→', 'Later', () => group.shiftBy(0.3)],
        ['+', 'Zoom in', () => group.zoomBy(0.5)],
        ['−', 'Zoom out', () => group.zoomBy(2)],
        ['All', 'Show the whole run', () => group.reset()],
    ];
    for (const place of page.querySelectorAll('.controls')) {
        for (const [text, label, act] of actions) {
            const button = page.createElement('button');
            button.type = 'button';
            button.textContent = text;
            button.setAttribute('aria-label', label);
            button.title = label;
            button.addEventListener('click', act);
            place.append(button);
        }
        const hint = page.createElement('span');
        hint.textContent = 'Drag across a chart to zoom, double-click for the whole run; all charts over time follow.';
        place.append(hint);
        place.hidden = false;
    }
}

export function setUpCharts(page) {
    const group = new Group();
    const holders = [...page.querySelectorAll('.time')];
    group.busy = true;
    group.charts = holders.map(holder => new Chart(page, holder, group));
    group.busy = false;
    if (group.charts.length > 0) setUpControls(page, group);
    const resize = new ResizeObserver(() => group.charts.forEach(chart => chart.resize()));
    resize.observe(page.querySelector('main'));
    return { redraw: () => {
        group.busy = true;
        group.charts.forEach(chart => chart.draw());
        group.busy = false;
    } };
}
