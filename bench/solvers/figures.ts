import type { Figure } from '../../src/claims/index.js';
import type { RatioLine } from '../shared/ratio-figure.js';
import { ratioSvg } from '../shared/ratio-figure.js';
import { significant } from '../shared/text.js';
import type { Case } from './cases.js';
import { caseName } from './cases.js';
import { OWN } from './own-contestants.js';
import type { Row } from './summary.js';

/** A measured kind of problem. */
export interface CaseResult {
  readonly given: Case;
  readonly rows: readonly Row[];
}

/** The median time of the own solver over the number of inputs, one line for each dimension and kind of labels. */
export function costFigure(results: readonly CaseResult[]): Figure {
  const kinds = [...new Set(results.map(({ given }) => kindOf(given)))];
  return {
    title: 'Cost of a minimum-norm interpolant against the number of inputs',
    caption:
      'Median over random problems of the least processor time, one thread: unit inputs uniform on the sphere, labels of 1 … 6 unit neurons (teacher) or normal (random), both bounds proved.',
    x: { label: 'number of inputs N', scale: 'log' },
    y: { label: 'time per problem, ms', scale: 'log' },
    marks: kinds.flatMap((kind) =>
      (['line', 'points'] as const).map((mark) => ({
        kind: mark,
        name: kind,
        points: results
          .filter(({ given }) => kindOf(given) === kind)
          .flatMap(({ given, rows }) =>
            rows
              .filter(({ contestant }) => contestant === OWN)
              .map((row) => [given.sampleSize, 1e3 * row.median] as const),
          ),
      })),
    ),
  };
}

function kindOf({ inputDim, labels }: Case): string {
  return `d = ${inputDim}, ${labels} labels`;
}

/** The solvers beside each other: time over that of the own solver on the same problems, as a whole SVG document. */
export function speedSvg(results: readonly CaseResult[]): string {
  const lines = results.flatMap(({ given, rows }) =>
    rows.map((row): RatioLine => ({
      panel: caseName(given),
      contestant: row.contestant,
      ratio: row.toOwn,
      time: `${significant(row.perSecond)} per s`,
      peer: row.peer,
    })),
  );
  return ratioSvg(lines, {
    title: 'Minimum-norm solvers side by side',
    notes: [
      'blue circles: the solver of Falsum; orange squares: peers; one thread each; right of the marks problems per second',
      'Minimum-norm interpolation by two-layer ReLU networks of N points on the sphere of d dimensions; medians of the',
      'least processor time over interleaved rounds. Falsum closes and proves a gap of 1e-9, the peers compute one of 1e-8.',
    ],
    axis: `time per problem, relative to ${OWN} on the same problems (further left is faster)`,
  });
}
