import type { Chart } from '../claims/index.js';
import { figureImage } from './figure-image.js';
import type { Html } from './markup.js';
import { paragraph, table } from './markup.js';
import type { ExplanationView } from './result-view.js';
import { escapeMarkup, formatNumber } from './text.js';

/** Which parts of a counterexample matter, which assumptions it nearly violates, and the margin along slices. */
export function explanationHtml({ parts, assumptions, slices }: ExplanationView): Html {
  return [
    parts.length === 0
      ? ''
      : paragraph(
          'Which parts matter: each is drawn again from the law while all others stay. A part that keeps the violation whatever it is does not matter; one that always ends it does.',
        ),
    table(
      ['part', 'drawn again', 'still violated', 'holds', 'an assumption fails'],
      parts.map(({ part, tried, violated, held, outside }) => [
        escapeMarkup(part),
        formatNumber(tried),
        formatNumber(violated),
        formatNumber(held),
        formatNumber(outside),
      ]),
    ),
    table(
      ['assumption, the nearest to failing first', 'margin'],
      assumptions.map(({ name, margin }) => [
        escapeMarkup(name),
        escapeMarkup(formatNumber(margin, 6)),
      ]),
    ),
    ...(slices.length === 0 ? [] : [figureImage(sliceChart(slices))]),
  ].join('');
}

function sliceChart(slices: ExplanationView['slices']): Chart {
  return {
    title: 'The margin along single numbers of the counterexample',
    caption:
      'Each line moves one number and leaves the others alone; 0 is the counterexample. Below 0 the claim is violated. Points where an assumption fails, or nothing was decided, are left out.',
    x: { label: 'change of the number', scale: 'linear' },
    y: { label: 'margin of the violated clause', scale: 'linear' },
    marks: [
      { kind: 'horizontal', name: 'violated below', at: 0 },
      ...slices.map(({ number, values, margins }) => {
        const here = values[(values.length - 1) / 2];
        return {
          kind: 'line' as const,
          name: number,
          points: values.flatMap((value, k): (readonly [number, number])[] => {
            const margin = margins[k];
            return margin === null ? [] : [[value - here, margin]];
          }),
        };
      }),
    ],
  };
}
