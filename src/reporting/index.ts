export { buildReport } from './build-report.js';
export { enrichResults } from './enrich-results.js';
export { figureSvg } from './figure-svg.js';
export type { ReadingView } from './result-view.js';
