import type { RatioLine } from '../shared/ratio-figure.js';
import { ratioSvg } from '../shared/ratio-figure.js';
import { significant } from '../shared/text.js';
import type { Shape } from './shapes.js';
import { shapeName } from './shapes.js';
import type { Row } from './summary.js';
import { REFERENCES } from './summary.js';

/** A measured shape. */
export interface ShapeResult {
  readonly shape: Shape;
  readonly rows: readonly Row[];
}

/**
 * All contestants on all shapes as a whole SVG document: one panel per shape, one line per contestant, its
 * time over that of `wasm64`, or of the fastest where that is missing. The same results give the same bytes.
 */
export function comparisonSvg(
  results: readonly ShapeResult[],
  isPeer: (contestant: string) => boolean,
): string {
  const own = results.every(({ rows }) => rows.some((row) => row.toOwn !== null));
  const lines = results.flatMap(({ shape, rows }): RatioLine[] => {
    const fastest = Math.min(...rows.map((row) => row.minimum));
    return rows.map((row) => ({
      panel: shapeName(shape),
      contestant: row.contestant,
      ratio: own && row.toOwn !== null ? row.toOwn : row.minimum / fastest,
      time: `${significant(1e6 * row.minimum)} µs`,
      peer: isPeer(row.contestant),
    }));
  });
  const unit = own ? REFERENCES.own : 'the fastest';
  return ratioSvg(lines, {
    title: 'Training engines side by side',
    notes: [
      'blue circles: engines of Falsum; orange squares: peers; one thread each; right of the marks the time of a step',
      'Full-batch gradient step (forward, backward, update of both layers) of a two-layer ReLU network,',
      'd inputs, m neurons, N points; minimum over interleaved rounds.',
    ],
    axis: `time per step, relative to ${unit} (further left is faster)`,
  });
}
