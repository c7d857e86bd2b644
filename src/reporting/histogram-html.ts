import type { Histogram } from '../claims/index.js';
import { histogramSvg, histogramText } from './histogram-svg.js';
import type { Html } from './markup.js';
import { paragraph, table } from './markup.js';
import { proseHtml, svgDataUri } from './rich-text.js';
import { escapeMarkup, formatNumber } from './text.js';

/** Numbers that are drawn; instances of many parts have more. */
const MOST_SHOWN = 16;

/** What the numbers of the instances were: declared ranges first, numbers that never change in one line. */
export async function histogramsHtml(all: readonly Histogram[]): Promise<Html> {
  const varying = all.filter(
    ({ least, greatest, empty }) => least !== greatest || empty.length > 0,
  );
  const fixed = all.filter((histogram) => !varying.includes(histogram));
  const shown = varying.slice(0, MOST_SHOWN);
  const rows = await Promise.all(
    shown.map(async (histogram) => {
      const { name, meaning, count, least, median, greatest, empty } = histogram;
      return [
        `${escapeMarkup(name)}${meaning === null ? '' : `<br>${await proseHtml(meaning)}`}`,
        formatNumber(count),
        count === 0 ? '' : [least, median, greatest].map((v) => formatNumber(v, 3)).join(', '),
        `<img src="${svgDataUri(histogramSvg(histogram))}" alt="${escapeMarkup(histogramText(histogram))}" width="230" height="46" style="background:#fff">`,
        empty.length === 0 ? '' : `<b>${escapeMarkup(empty.join(', '))}</b>`,
      ];
    }),
  );
  const rest = varying.slice(MOST_SHOWN).map(({ name }) => name);
  return [
    table(
      [
        'number of the instance',
        'trials',
        'least, median, greatest',
        'distribution',
        'never visited',
      ],
      rows,
    ),
    rest.length === 0 ? '' : paragraph(`Not drawn: ${rest.join(', ')}.`),
    fixed.length === 0
      ? ''
      : paragraph(
          `The same on every trial: ${fixed.map(({ name, least }) => `${name} = ${formatNumber(least)}`).join(', ')}.`,
        ),
  ].join('');
}
