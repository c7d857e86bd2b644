/** E_{μ_s}f − min f from deterministic quadrature. */
export interface GibbsGap {
  readonly gap: number;
  readonly minimum: number;
  /**
   * Change of the gap from half the resolution, an estimate of the error where both resolve f; infinite
   * where the minimum was not found.
   */
  readonly error: number;
}

/** A function of one or two variables with f(w) ≥ (λ/2)‖w‖², λ > 0. */
export interface ConfinedFunction {
  readonly dimension: 1 | 2;
  readonly lambda: number;
  readonly value: (point: Float64Array) => number;
}

/** Beyond f − min f = CUT·s the density is below e^{−2·CUT} of its peak. */
const CUT = 20;

/**
 * E_{μ_s}f − min f for μ_s ∝ exp(−2f/s), by the trapezoidal rule (which converges faster than any
 * power for smooth integrands that vanish at the ends) on boxes that are narrowed until they hold just
 * the region f ≤ min f + CUT·s.
 *
 * @param resolution points per axis
 * @throws RangeError unless s > 0, λ > 0 and the resolution is an even integer ≥ 8
 */
export function gibbsGap(f: ConfinedFunction, step: number, resolution: number): GibbsGap {
  if (!(step > 0)) throw new RangeError(`gibbsGap: step must be > 0, got ${step}`);
  if (!(f.lambda > 0)) throw new RangeError(`gibbsGap: lambda must be > 0, got ${f.lambda}`);
  if (!Number.isInteger(resolution) || resolution < 8 || resolution % 2 !== 0) {
    throw new RangeError(`gibbsGap: resolution must be an even integer ≥ 8, got ${resolution}`);
  }
  const origin = f.value(new Float64Array(f.dimension));
  const reach = Math.sqrt((2 * (origin + CUT * step)) / f.lambda);
  let box: Box = Array.from({ length: f.dimension }, () => [-reach, reach] as const);
  let grid = sample(f, box, resolution);
  let lowest = descend(f, grid.argmin);
  for (let pass = 0; pass < 60; pass += 1) {
    const next = narrow(grid, lowest.value + CUT * step, lowest.point);
    if (next.every(([a, b], k) => b - a > 0.8 * (box[k][1] - box[k][0]))) break;
    box = next;
    grid = sample(f, box, resolution);
    const found = descend(f, grid.argmin);
    if (found.value < lowest.value) lowest = found;
    if (!lowest.settled) break;
  }
  const minimum = Math.min(lowest.value, grid.minimum);
  const fine = mean(grid, minimum, step, 1);
  const change = Math.abs(fine - mean(grid, minimum, step, 2));
  return { gap: fine, minimum, error: lowest.settled ? change : Infinity };
}

type Box = readonly (readonly [number, number])[];

interface Grid {
  readonly box: Box;
  /** Intervals per axis; there is one point more. */
  readonly intervals: number;
  readonly values: Float64Array;
  readonly minimum: number;
  readonly argmin: Float64Array;
}

function sample(f: ConfinedFunction, box: Box, intervals: number): Grid {
  const points = intervals + 1;
  const values = new Float64Array(points ** f.dimension);
  const point = new Float64Array(f.dimension);
  let minimum = Infinity;
  let argmin = new Float64Array(f.dimension);
  for (let index = 0; index < values.length; index += 1) {
    let rest = index;
    for (let k = 0; k < f.dimension; k += 1) {
      const [a, b] = box[k];
      point[k] = a + ((b - a) * (rest % points)) / intervals;
      rest = Math.floor(rest / points);
    }
    values[index] = f.value(point);
    if (values[index] < minimum) {
      minimum = values[index];
      argmin = Float64Array.from(point);
    }
  }
  return { box, intervals, values, minimum, argmin };
}

/** The smallest box, two cells wider on each side, around the grid points below the level. */
function narrow(grid: Grid, level: number, centre: Float64Array): Box {
  const points = grid.intervals + 1;
  return grid.box.map(([a, b], axis) => {
    const cell = (b - a) / grid.intervals;
    let low = centre[axis];
    let high = centre[axis];
    grid.values.forEach((value, index) => {
      if (value > level) return;
      const at = a + cell * (Math.floor(index / points ** axis) % points);
      low = Math.min(low, at);
      high = Math.max(high, at);
    });
    return [Math.max(a, low - 2 * cell), Math.min(b, high + 2 * cell)];
  });
}

/** The mean of f − minimum under exp(−2f/s) on every `stride`-th grid point of each axis. */
function mean(grid: Grid, minimum: number, step: number, stride: number): number {
  const points = grid.intervals + 1;
  let weight = 0;
  let sum = 0;
  grid.values.forEach((value, index) => {
    let rest = index;
    let kept = true;
    for (let k = 0; k < grid.box.length; k += 1) {
      kept &&= (rest % points) % stride === 0;
      rest = Math.floor(rest / points);
    }
    if (!kept) return;
    const density = Math.exp((-2 * (value - minimum)) / step);
    weight += density;
    sum += density * (value - minimum);
  });
  return sum / weight;
}

/** A well-conditioned minimum takes some 60 sweeps; a valley too narrow for this many is given up. */
const SWEEPS = 400;

/** Compass search from a grid point, to about 1e-10 of the unit; whether it came that far. */
function descend(
  f: ConfinedFunction,
  start: Float64Array,
): { readonly value: number; readonly point: Float64Array; readonly settled: boolean } {
  let point = Float64Array.from(start);
  let value = f.value(point);
  let stride = 0.1 * (1 + Math.max(...start.map(Math.abs)));
  let sweeps = 0;
  for (; stride > 1e-10 && sweeps < SWEEPS; sweeps += 1) {
    const before = Float64Array.from(point);
    let moved = false;
    for (let k = 0; k < point.length; k += 1) {
      for (const sign of [1, -1]) {
        const entry = point[k];
        point[k] = entry + sign * stride;
        const trial = f.value(point);
        if (trial < value) {
          value = trial;
          moved = true;
        } else {
          point[k] = entry;
        }
      }
    }
    if (!moved) {
      stride /= 2;
      continue;
    }
    // Once more the way of this sweep, which follows valleys that lie askew.
    const further = point.map((entry, k) => 2 * entry - before[k]);
    const trial = f.value(further);
    if (trial < value) {
      value = trial;
      point = further;
    }
  }
  return { value, point, settled: stride <= 1e-10 };
}
