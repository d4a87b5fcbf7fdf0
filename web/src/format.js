// Numbers as the rest of the page writes them (reports/html/scale.cpp, reports/text/quantity.cpp).

const suffixes = { '1/s': '/s', '1/min': '/min', ratio: '×' };

function scaleOf(size, unit) {
    if (unit === 'share') return [0.01, ' %'];
    if (unit === 's') return size >= 1 || size === 0 ? [1, ' s'] : size >= 1e-3 ? [1e-3, ' ms'] : [1e-6, ' µs'];
    const suffix = suffixes[unit] ?? '';
    for (const [thousands, letter] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']])
        if (size >= 9.9995 * thousands) return [thousands, letter + suffix];
    return [1, suffix];
}

// Three significant digits.
export function readable(value, unit) {
    if (value == null) return '–';
    const [scale, suffix] = scaleOf(Math.abs(value), unit);
    const scaled = value / scale;
    const size = Math.abs(scaled);
    const decimals = size >= 99.95 || Number.isInteger(scaled) ? 0 : size >= 9.995 ? 1 : 2;
    return scaled.toFixed(decimals) + suffix;
}

// Labels of an axis: all in one scale, with the decimals that their step needs.
export function tickLabels(values, unit) {
    const largest = Math.max(...values.map(Math.abs));
    const step = values.length > 1 ? values[1] - values[0] : largest;
    let [scale, suffix] = scaleOf(largest, unit);
    if (scale === 1 && largest >= 1000 && step >= 100 && unit !== 's') [scale, suffix] = [1e3, 'k' + suffix];
    const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / scale) - 1e-9)));
    return values.map(value => (value === 0 && unit !== 'share' ? '0' : (value / scale).toFixed(decimals) + suffix));
}

// Times along the axis: whole minutes and hours where the run is long.
export function timeLabels(values, length) {
    const [scale, suffix] = length >= 7200 ? [3600, ' h'] : length > 600 ? [60, ' min'] : [1, ' s'];
    const step = values.length > 1 ? (values[1] - values[0]) / scale : 1;
    const decimals = Math.max(0, Math.min(3, Math.ceil(-Math.log10(step) - 1e-9)));
    return values.map(value => (value === 0 ? '0' : (value / scale).toFixed(decimals) + suffix));
}
