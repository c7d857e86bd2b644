import type { Axis, Chart, Mark } from '../claims/index.js';
import { formatNumber, superscript } from './text.js';

export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Whether a value has a position on an axis. */
export function isOn(axis: Axis, value: number): boolean {
  return Number.isFinite(value) && (axis.scale === 'linear' || value > 0);
}

/** The parts of a mark that have a position on both axes, and the number of points left out. */
export function drawable(
  figure: Chart,
  mark: Mark,
): { readonly mark: Mark | null; readonly leftOut: number } {
  const { x, y } = figure;
  if ('at' in mark) {
    const on = isOn(mark.kind === 'horizontal' ? y : x, mark.at);
    return { mark: on ? mark : null, leftOut: on ? 0 : 1 };
  }
  switch (mark.kind) {
    case 'points':
    case 'line': {
      const points = mark.points.filter((point) => isOn(x, point[0]) && isOn(y, point[1]));
      return { mark: { ...mark, points }, leftOut: mark.points.length - points.length };
    }
    case 'intervals': {
      const points = mark.points.filter(
        ([at, ...heights]) => isOn(x, at) && heights.every((height) => isOn(y, height)),
      );
      return { mark: { ...mark, points }, leftOut: mark.points.length - points.length };
    }
    case 'arrows': {
      const points = mark.points.filter(
        ([x1, y1, x2, y2]) => isOn(x, x1) && isOn(x, x2) && isOn(y, y1) && isOn(y, y2),
      );
      return { mark: { ...mark, points }, leftOut: mark.points.length - points.length };
    }
  }
}

/** The domains of both axes: as given, else what the marks take up and a little air. */
export function extentOf(figure: Chart, marks: readonly Mark[]): Extent {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const mark of marks) {
    if ('at' in mark) (mark.kind === 'horizontal' ? ys : xs).push(mark.at);
    else if (mark.kind === 'arrows') {
      for (const [x1, y1, x2, y2] of mark.points) {
        xs.push(x1, x2);
        ys.push(y1, y2);
      }
    } else {
      for (const [x, ...heights] of mark.points) {
        xs.push(x);
        ys.push(...heights);
      }
    }
  }
  return { x: domain(figure.x, xs), y: domain(figure.y, ys) };
}

// A claim computes its domain, and may find infinities there.
function isDrawable(axis: Axis, [low, high]: readonly [number, number]): boolean {
  return isOn(axis, low) && isOn(axis, high) && low < high;
}

function domain(axis: Axis, values: readonly number[]): readonly [number, number] {
  if (axis.domain && isDrawable(axis, axis.domain)) return axis.domain;
  if (values.length === 0) return axis.scale === 'log' ? [1, 10] : [0, 1];
  // A loop, for a spread of some 100,000 arguments overflows the stack.
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (axis.scale === 'log') {
    // In logarithms, for the quotient may overflow.
    const air = low === high ? 2 : 10 ** (0.05 * (Math.log10(high) - Math.log10(low)));
    return [low / air, high * air];
  }
  const air = low === high ? Math.max(0.5, 0.5 * Math.abs(low)) : 0.05 * (high - low);
  return [low - air, high + air];
}

/** Widens the shorter of two free linear domains, so that a unit is as long on both axes. */
export function squared(figure: Chart, extent: Extent): Extent {
  if (!figure.square || figure.x.scale === 'log' || figure.y.scale === 'log') return extent;
  const spanX = extent.x[1] - extent.x[0];
  const spanY = extent.y[1] - extent.y[0];
  const span = Math.max(spanX, spanY);
  const widen = ([low, high]: readonly [number, number]): [number, number] => {
    const air = (span - (high - low)) / 2;
    return [low - air, high + air];
  };
  return {
    x: figure.x.domain ? extent.x : widen(extent.x),
    y: figure.y.domain ? extent.y : widen(extent.y),
  };
}

/** Ticks at the powers of ten where there are enough of them, else left to the plotting library. */
export function ticksOf(
  scale: Axis['scale'],
  [low, high]: readonly [number, number],
): { readonly ticks?: readonly number[]; readonly tickFormat: (value: number) => string } {
  if (scale === 'linear') return { tickFormat: (value) => formatNumber(value, 6) };
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 2) return { tickFormat: (value) => formatNumber(value, 3) };
  const step = Math.ceil((last - first) / 8);
  const ticks: number[] = [];
  for (let power = first; power <= last; power += step) ticks.push(Number(`1e${power}`));
  return { ticks, tickFormat: powerOfTen };
}

function powerOfTen(value: number): string {
  const power = Math.round(Math.log10(value));
  if (power === 0) return '1';
  return power === 1 ? '10' : `10${superscript(power)}`;
}
