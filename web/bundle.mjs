// Puts the page's style and script, with what they use, into a C++ source: node bundle.mjs OUT.cpp
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The packages lie in the build folder, not beside this file.
const packages = createRequire(join(process.cwd(), 'package.json'));
const { buildSync } = packages('esbuild');
const here = dirname(fileURLToPath(import.meta.url));

function bundle(file) {
    const result = buildSync({
        entryPoints: [join(here, 'src', file)],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: ['chrome111', 'firefox113', 'safari16.2'],
        charset: 'utf8',
        legalComments: 'none',
        nodePaths: [join(process.cwd(), 'node_modules')],
    });
    return result.outputFiles[0].text.trim();
}

function literal(text) {
    const end = ')assets"';
    if (text.includes(end)) throw new Error(`an asset holds ${end}`);
    return `R"assets(${text})assets"`;
}

// Neither may end the element that it stands in.
function forElement(text, name) {
    if (text.toLowerCase().includes(`</${name}`)) throw new Error(`an asset ends its ${name} element`);
    return text;
}

const licence = readFileSync(packages.resolve('uplot/package.json').replace('package.json', 'LICENSE'), 'utf8').trim();
const version = packages('uplot/package.json').version;

writeFileSync(
    process.argv[2],
    `#include "reports/html/assets.hpp"

namespace stampede::reports {

const Assets& embedded_assets() {
    static constexpr Assets assets{
        ${literal(forElement(bundle('style.css'), 'style'))},
        ${literal(forElement(bundle('main.js'), 'script'))},
        ${literal(`uPlot ${version}, https://github.com/leeoniya/uPlot\n\n${licence}`)}};
    return assets;
}

}  // namespace stampede::reports
`,
);
