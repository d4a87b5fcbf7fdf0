// The HTML report in a real browser: the file is opened from disk, as a reader does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';

const packages = createRequire(join(process.env.PACKAGES, 'package.json'));
const { chromium } = packages('playwright-core');
const axe = packages.resolve('axe-core/axe.min.js');

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const folder = mkdtempSync(join(tmpdir(), 'stampede-e2e-'));
const file = join(folder, 'report.html');
let browser;
let page;
let complaints;

async function open(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    page = await context.newPage();
    complaints = [];
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url()); });
    await page.goto(`file://${file}`);
    if (options.javaScriptEnabled !== false) await page.locator('html[data-ready]').waitFor({ state: 'attached' });
}

const chart = section => page.locator(`#${section} .live`).first();

// How many pixels of the canvas are not the background.
const drawn = locator => locator.locator('canvas').evaluate(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) ++count;
    return count;
});

// Equal for canvases that look the same.
const picture = async locator => {
    const pixels = await locator.locator('canvas').evaluate(canvas => canvas.toDataURL());
    return createHash('sha256').update(pixels).digest('hex');
};

before(async () => {
    const words = ['compare', process.env.SCENARIO, '--seeds', '3', '--quiet', '-o', file];
    const run = spawnSync(process.env.STAMPEDE, words, { encoding: 'utf8' });
    assert.equal(run.status, 99, run.stderr);  // its thresholds fail
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
}, { timeout: 120_000 });

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
});

describe('the report in a browser', { timeout: 240_000 }, () => {
    beforeEach(() => open());
    afterEach(() => page.context().close());

    it('draws every chart, complains of nothing and asks the network for nothing', async () => {
        const charts = page.locator('.live');
        const count = await charts.count();
        assert.ok(count >= 6, `${count} charts`);
        for (let i = 0; i < count; ++i) assert.ok((await drawn(charts.nth(i))) > 500, `chart ${i} is empty`);
        for (const part of ['comparison', 'herd', 'attempts', 'jitter', 'breakers', 'latency', 'services', 'tiers', 'seeds', 'thresholds', 'scenario'])
            assert.equal(await page.locator(`#${part}`).count(), 1, part);
        assert.deepEqual(complaints, []);
    });

    it('reads all charts off at one crosshair', async () => {
        const readouts = page.locator('.readout');
        assert.equal(await readouts.first().textContent(), '');
        await chart('herd').scrollIntoViewIfNeeded();
        const box = await chart('herd').boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.waitForFunction(() => [...document.querySelectorAll('.readout')].every(r => r.textContent.includes(' s: ')));
        assert.match(await readouts.first().textContent(), /^\d+\.\d+ s: arrivals [\d.]+k?\/s, capacity [\d.]+k?\/s$/);
    });

    it('zooms all charts by a drag, and back by a double click', async () => {
        const other = page.locator('#services .live').first();
        const whole = await picture(other);
        await chart('herd').scrollIntoViewIfNeeded();
        const box = await chart('herd').boundingBox();
        const middle = box.y + box.height / 2;
        await page.mouse.move(box.x + box.width * 0.4, middle);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width * 0.6, middle, { steps: 4 });
        await page.mouse.up();
        await page.waitForTimeout(100);
        const zoomed = await picture(other);
        assert.notEqual(zoomed, whole);
        await page.mouse.dblclick(box.x + box.width * 0.5, middle);
        await page.mouse.move(0, 0);
        await page.waitForTimeout(100);
        assert.equal(await picture(other), whole);
    });

    it('zooms and moves by the keyboard', async () => {
        const whole = await picture(chart('herd'));
        await page.locator('#herd').getByRole('button', { name: 'Zoom in' }).press('Enter');
        await page.waitForTimeout(100);
        const zoomed = await picture(chart('herd'));
        assert.notEqual(zoomed, whole);
        await page.locator('#herd').getByRole('button', { name: 'Later' }).press('Enter');
        await page.waitForTimeout(100);
        assert.notEqual(await picture(chart('herd')), zoomed);
        await page.locator('#herd').getByRole('button', { name: 'Show the whole run' }).press('Enter');
        await page.waitForTimeout(100);
        assert.equal(await picture(chart('herd')), whole);
    });

    it('turns dark by its button, charts included', async () => {
        const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const light = [await background(), await picture(chart('herd'))];
        await page.locator('#theme').click();
        assert.notEqual(await background(), light[0]);
        assert.notEqual(await picture(chart('herd')), light[1]);
        await page.locator('#theme').click();
        assert.deepEqual([await background(), await picture(chart('herd'))], light);
    });

    it('shows the mean in the place of the highest bin where that is asked for', async () => {
        await page.getByLabel('its mean').check();
        assert.equal(await page.locator('#attempts .by-highest').first().isVisible(), false);
        assert.equal(await page.locator('#attempts .by-mean').first().isVisible(), true);
    });

    it('prints its drawings, not its canvases', async () => {
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('#herd .live').first().isVisible(), false);
        assert.equal(await page.locator('#herd .plot').first().isVisible(), true);
    });

    it('is at hand in under a second of computing', async () => {
        const session = await page.context().newCDPSession(page);
        await session.send('Performance.enable');
        await page.reload();
        await page.locator('html[data-ready]').waitFor({ state: 'attached' });
        const { metrics } = await session.send('Performance.getMetrics');
        const seconds = metrics.find(metric => metric.name === 'ThreadTime').value;
        // Work, not time: a machine that does other things besides does not make the page slow.
        assert.ok(seconds > 0.01 && seconds < 1, `${seconds} s`);
    });
});

describe('the report for everyone', { timeout: 240_000 }, () => {
    afterEach(() => page.context().close());

    for (const colorScheme of ['light', 'dark'])
        it(`has no serious fault of accessibility when ${colorScheme}`, async () => {
            await open({ colorScheme });
            for (const summary of await page.locator('summary').all()) await summary.click();
            await page.addScriptTag({ path: axe });
            const { violations } = await page.evaluate(() => window.axe.run());
            const serious = violations.filter(each => ['serious', 'critical'].includes(each.impact));
            assert.deepEqual(serious.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)]), []);
        });

    it('can be read with scripts off', async () => {
        await open({ javaScriptEnabled: false });
        assert.equal(await page.locator('#herd .plot').first().isVisible(), true);
        assert.equal(await page.locator('#theme').count(), 0);
        assert.equal(await page.locator('.controls').first().isVisible(), false);
        assert.ok(await page.locator('#comparison tbody tr').count() > 5);
    });

    for (const width of [390, 768, 1920])
        it(`fits a screen of ${width} pixels`, async () => {
            await open({ viewport: { width, height: 900 } });
            const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(needed <= there, `${needed} pixels`);
        });
});
