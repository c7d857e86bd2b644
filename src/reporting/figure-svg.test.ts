import { describe, expect, it } from 'vitest';
import type { Figure } from '../claims/index.js';
import { looksOf } from './figure-legend.js';
import { figureSvg } from './figure-svg.js';

const FIGURE: Figure = {
  title: 'Outer norm against training error',
  caption: 'Every trained student lies below the bound; a point above it would refute the claim.',
  x: { label: 'training error δ', scale: 'log' },
  y: { label: 'outer norm ‖a‖₁', scale: 'linear' },
  marks: [
    {
      kind: 'points',
      name: 'students',
      points: [
        [0.01, 1],
        [0.1, 2],
        [1, 2.5],
      ],
    },
    {
      kind: 'line',
      name: 'bound',
      points: [
        [0.01, 2],
        [0.1, 3],
        [1, 12],
      ],
    },
    { kind: 'intervals', name: 'rates', points: [[0.1, 2, 1, 3]] },
    { kind: 'arrows', name: 'drift', points: [[0.01, 1, 1, 4]] },
    { kind: 'horizontal', name: 'floor', at: 0.5 },
    { kind: 'vertical', name: 'threshold', at: 0.3 },
  ],
};

const PLANE: Figure = {
  title: 'Directions',
  caption: 'Teacher and student neurons.',
  x: { label: 'w₁', scale: 'linear' },
  y: { label: 'w₂', scale: 'linear' },
  square: true,
  marks: [
    {
      kind: 'points',
      name: 'teacher',
      points: [
        [0, 0],
        [10, 0],
        [0, 1],
      ],
    },
  ],
};

/** Positions of the circles, in drawing order. */
function positions(svg: string): number[][] {
  return [...svg.matchAll(/<circle [^>]*>/g)].map(([circle]) =>
    ['cx', 'cy'].map((name) => Number(new RegExp(`${name}="([^"]*)"`).exec(circle)?.[1])),
  );
}

describe('figureSvg', () => {
  it('gives the same bytes for the same figure, whatever was drawn before', () => {
    const first = figureSvg(FIGURE);
    figureSvg(PLANE);
    expect(figureSvg(FIGURE)).toBe(first);
  });

  it('is a document of its own: namespace, no script, no style sheet, nothing to load', () => {
    const svg = figureSvg(FIGURE);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).not.toMatch(/<script|<style|href=|url\((?!#)/);
  });

  it('names every mark in the legend and both axes', () => {
    const svg = figureSvg(FIGURE);
    for (const text of ['students', 'bound', 'rates', 'drift', 'floor', 'threshold']) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).toContain('training error δ');
    expect(svg).toContain('outer norm ‖a‖₁');
    expect(svg).toContain('10⁻²');
  });

  it('gives a dozen names looks of their own', () => {
    const names = Array.from({ length: 12 }, (_, index) => `series ${index}`);
    const looks = looksOf(names.map((name) => ({ kind: 'points', name, points: [] })));
    const seen = [...looks.values()].map(
      ({ colour, symbol, dash }) => `${colour} ${symbol} ${dash}`,
    );
    expect(new Set(seen).size).toBe(12);
  });

  it('escapes what comes from claims', () => {
    const svg = figureSvg({
      ...FIGURE,
      title: '<script>alert(1)</script>',
      caption: 'a < b & "c"',
      x: { label: '<b>x</b>', scale: 'log' },
      marks: [{ kind: 'horizontal', name: '<i>', at: 1 }],
    });
    expect(svg).not.toMatch(/<script|<b>|<i>/);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('leaves out points without a position and says how many', () => {
    const svg = figureSvg({
      ...FIGURE,
      caption: 'Caption.',
      marks: [
        {
          kind: 'points',
          name: 'p',
          points: [
            [0, 1],
            [-1, 1],
            [0.1, Number.NaN],
            [0.1, 1],
            [0.2, 2],
          ],
        },
      ],
    });
    expect(positions(svg)).toHaveLength(2);
    expect(svg).toContain('3 points have no position');
  });

  it('makes a unit as long on both axes where the figure is square', () => {
    const [origin, right, up] = positions(figureSvg(PLANE));
    expect(right[0] - origin[0]).toBeCloseTo(10 * (origin[1] - up[1]), 0);
  });

  it.each([
    [0, 1],
    [1, Infinity],
    [5, 5],
    [Number.NaN, 1],
  ])('passes over a domain that cannot be drawn: [%s, %s]', (low, high) => {
    const drawn = figureSvg({ ...FIGURE, x: { ...FIGURE.x, domain: [low, high] } });
    expect(drawn).toBe(figureSvg(FIGURE));
  });

  it('draws values as far apart as doubles are', () => {
    const far: Figure = {
      ...FIGURE,
      marks: [
        {
          kind: 'points',
          name: 'p',
          points: [
            [1e-300, 1],
            [1e300, 2],
          ],
        },
      ],
    };
    expect(positions(figureSvg(far)).flat().every(Number.isFinite)).toBe(true);
  });

  it('draws a figure without data, with one point, and with a given domain', () => {
    expect(figureSvg({ ...FIGURE, marks: [] })).toContain('</svg>');
    const one: Figure = {
      ...PLANE,
      square: false,
      marks: [{ kind: 'points', name: 'p', points: [[3, 3]] }],
    };
    expect(positions(figureSvg(one)).flat().every(Number.isFinite)).toBe(true);
    const clipped = figureSvg({ ...FIGURE, x: { label: 'x', scale: 'log', domain: [0.05, 0.5] } });
    expect(clipped).toContain('clip-path="url(#clip-1)"');
  });
});
