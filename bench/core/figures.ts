import type { Figure } from '../../src/claims/index.js';
import type { CostCurve } from './cost-curve.js';
import type { MemoryCurve } from './memory.js';
import { significant } from '../shared/text.js';

/** The time of a step over the volume of the problem, with the fitted power law. */
export function costFigure({ engine, points, slope, slopes }: CostCurve): Figure {
  const volumes = points.map((point) => point.volume);
  const ends = [Math.min(...volumes), Math.max(...volumes)];
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
  // The line of least squares goes through the mean of the logarithms.
  const level =
    mean(points.map(({ timing }) => 1e6 * timing.minimum)) - slope.slope * mean(volumes);
  return {
    title: `Cost of a gradient step, ${engine}`,
    caption: `Full-batch gradient step of a two-layer ReLU network, one thread, minimum over rounds. Fitted exponent of all points ${slope.slope.toFixed(2)} ± ${slope.standardError.toFixed(2)}; the cost is linear in N·d·m where it is 1, and less where a step has a fixed cost.`,
    x: { label: 'N·d·m (sample size × dimension × width)', scale: 'log' },
    y: { label: 'time per step, µs', scale: 'log' },
    marks: [
      ...Object.entries(slopes).map(([aspect, fit]) => ({
        kind: 'points' as const,
        name: `${aspect}: exponent ${fit.slope.toFixed(2)}`,
        points: points
          .filter((point) => point.aspect === aspect)
          .map(({ volume, timing }) => [volume, 1e6 * timing.minimum] as const),
      })),
      {
        kind: 'line',
        name: `all: exponent ${slope.slope.toFixed(2)}`,
        points: ends.map((end) => [end, Math.exp(level + slope.slope * Math.log(end))] as const),
      },
    ],
  };
}

/** Memory over the number of training runs. */
export function memoryFigure({ engine, points, stepsPerRun }: MemoryCurve): Figure {
  const mebibytes = (bytes: number): number => bytes / 2 ** 20;
  const curve = (name: string, of: (point: (typeof points)[number]) => number) =>
    (['line', 'points'] as const).map((kind) => ({
      kind,
      name: `${name}: ${significant(mebibytes(of(points[points.length - 1])))} MiB at the end`,
      points: points.map((point) => [point.runs, mebibytes(of(point))] as const),
    }));
  const most = Math.max(...points.map(({ resident }) => mebibytes(resident)));
  return {
    title: `Memory over many training runs, ${engine}`,
    caption: `${points.at(-1)?.runs ?? 0} training runs of ${stepsPerRun} steps on small problems of 64 shapes, one process, garbage collected before each reading. A leak would be a line that rises.`,
    x: { label: 'training runs', scale: 'linear' },
    y: { label: 'memory, MiB', scale: 'linear', domain: [0, 1.15 * most] },
    marks: [
      ...curve('resident set', ({ resident }) => resident),
      ...curve('JavaScript heap', ({ heapUsed }) => heapUsed),
      ...(points.some(({ wasm }) => wasm > 0) ? curve('WebAssembly', ({ wasm }) => wasm) : []),
    ],
  };
}
