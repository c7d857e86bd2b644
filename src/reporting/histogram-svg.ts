import type { Histogram } from '../claims/index.js';
import { svgDocument } from './figure-text.js';
import { counted, escapeMarkup, formatNumber } from './text.js';

const WIDTH = 230;
const HEIGHT = 46;
/** Height of the bars; below them stand the ends of the axis. */
const BARS = 30;
const GAP = 1;
const FILL = '#4269d0';
/** What a bin without a trial looks like. */
const EMPTY = '#d62728';
/** Least height of a bar with a trial in it. */
const LEAST = 1.5;

/** A small bar chart; bins without a trial are marked below the base line when the range was declared. */
export function histogramSvg(histogram: Histogram): string {
  const { bins, scale, name } = histogram;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const step = WIDTH / Math.max(1, bins.length);
  const marks = bins.map(({ count }, k) => {
    const x = (k * step + GAP / 2).toFixed(2);
    const width = (step - GAP).toFixed(2);
    if (count === 0) {
      return histogram.empty.length === 0
        ? ''
        : `<rect x="${x}" y="${BARS - 3}" width="${width}" height="3" fill="${EMPTY}"/>`;
    }
    const height = Math.max(LEAST, (BARS * count) / most);
    return `<rect x="${x}" y="${(BARS - height).toFixed(2)}" width="${width}" height="${height.toFixed(2)}" fill="${FILL}"/>`;
  });
  const [first] = bins;
  const last = bins[bins.length - 1];
  const ends =
    first === undefined
      ? ''
      : label(0, 'start', formatNumber(first.from, 3)) +
        label(WIDTH, 'end', formatNumber(last.to, 3)) +
        (scale === 'log' ? label(WIDTH / 2, 'middle', 'log') : '');
  return svgDocument(
    { title: name, caption: histogramText(histogram) },
    { width: WIDTH, height: HEIGHT },
    [
      ...marks,
      `<line x1="0" y1="${BARS}" x2="${WIDTH}" y2="${BARS}" stroke="#888" stroke-width="0.8"/>`,
      ends,
    ],
  );
}

function label(x: number, anchor: 'start' | 'middle' | 'end', text: string): string {
  return `<text x="${x}" y="${HEIGHT - 4}" font-size="10" fill="#333" text-anchor="${anchor}">${escapeMarkup(text)}</text>`;
}

/** The same in words: every bin with its number of trials. */
export function histogramText({ bins, scale }: Histogram): string {
  return bins
    .map(({ from, to, count }) => {
      const where =
        scale === 'values' || from === to
          ? formatNumber(from, 3)
          : `${formatNumber(from, 3)} to ${formatNumber(to, 3)}`;
      return `${where}: ${counted(count, 'trial')}`;
    })
    .join('; ');
}
