// Everything in the page can be read without this script. It adds charts over time that can be zoomed and read off,
// and the choice of light or dark.
import { setUpCharts } from './charts.js';
import { setUpTheme } from './theme.js';

const charts = setUpCharts(document);
setUpTheme(document, charts.redraw);
document.documentElement.dataset.ready = '';
