import { describe, expect, test } from 'vitest';
import type { TrialRecord } from '../../src/claims/index.js';
import { testDraw } from '../../src/generators/index.js';
import { dot, unitSphere, randomSource } from '../../src/math/index.js';
import { arrangementCells, countPerCell, teacherLines } from '../../src/theory/index.js';
import { mapFigure } from './shared/condensation-map-figure.js';
import {
  admissiblePoints,
  genericCells,
  isAdmissible,
  placementClass,
} from './shared/condensation-map-grid.js';
import { flattened, mapInstances } from './shared/condensation-map-instances.js';
import { mapCount, mapRecords } from './shared/condensation-map-table.js';

const draws = Array.from({ length: 300 }, (_, trial) =>
  testDraw(mapInstances, ['map test'], trial),
);

describe('draws of the map', () => {
  test('have the said number of inputs in every open cell, at an admissible point', () => {
    for (const { instance } of draws) {
      const { teacher, inputs, perCell, width } = instance;
      const { cells, fewest } = countPerCell(teacher, inputs, false);
      expect(fewest).toBe(perCell);
      expect(inputs).toHaveLength(perCell * cells);
      expect(cells).toBe(genericCells(teacher.signs.length, teacher.inputDim));
      expect(width).toBe(Math.max(inputs.length, teacher.signs.length + 1));
      const point = { inputDim: teacher.inputDim, neurons: teacher.signs.length, perCell };
      expect(isAdmissible(point)).toBe(true);
    }
  });

  test('are random half of the time, and every dimension and placement occurs', () => {
    const random = draws.filter(({ instance }) => placementClass(instance.placement) === 'random');
    // Four standard deviations of a binomial: P < 1e-4, and the draws are fixed.
    expect(Math.abs(random.length - 150)).toBeLessThan(35);
    for (const label of ['dim:2', 'dim:6', 'placement:flattened', 'placement:near-subspace']) {
      expect(draws.filter(({ labels }) => labels.includes(label)).length).toBeGreaterThan(3);
    }
  });

  test('the cells of generic lines are as many as counted', () => {
    const random = randomSource('map test', 'cells');
    for (const inputDim of [2, 3, 4]) {
      for (const neurons of [1, 2, 3, 4]) {
        const lines = Array.from({ length: neurons }, () => unitSphere(random, inputDim));
        expect(arrangementCells(lines, inputDim)).toHaveLength(genericCells(neurons, inputDim));
      }
    }
  });
});

test('flattened inputs stay in their cells and come as near to the hyperplane as these allow', () => {
  for (const { instance } of draws.filter(({ instance: i }) => i.placement === 'flattened')) {
    const normals = teacherLines(instance.teacher).map(({ direction }) => direction);
    for (const input of instance.inputs) {
      const moved = flattened(input, normals, 0.5);
      expect(normals.every((n) => dot(n, moved) * dot(n, input) > 0)).toBe(true);
      expect(Math.abs(moved.at(-1) ?? 0)).toBeLessThanOrEqual(Math.abs(input.at(-1) ?? 0));
    }
  }
});

describe('the table and figure', () => {
  const record = (trial: number, outcome: TrialRecord['outcome'], more = {}): TrialRecord => ({
    trial,
    outcome,
    labels: ['dim:3', 'm0:1', 'k:4', 'placement:uniform'],
    measurements: { m0: 1, N: 8, ...more },
  });
  const trials = [
    record(0, 'violated', { upper: 0.5 }),
    record(1, 'violated', { upper: 0.75 }),
    record(2, 'holds'),
    record(3, 'gave-up'),
    record(4, 'discarded'),
  ];

  test('undecided draws count as condensing below and as failing above', () => {
    const count = mapCount(mapRecords(trials));
    expect(count).toMatchObject({ trials: 4, fails: 2, condenses: 1, undecided: 1 });
    expect(count.smallestNorm).toBe(0.5);
    const decided = mapCount(mapRecords(trials.map((t) => ({ ...t, outcome: 'holds' as const }))));
    expect(decided.lower).toBe(0);
    expect(count.upper).toBeGreaterThan(0.75);
    expect(count.lower).toBeLessThan(0.5);
  });

  test('there is a tile for every admissible point and class, and a row for every point drawn', () => {
    const { tiles, table } = mapFigure({ trials, counterexample: null });
    expect(tiles).toHaveLength(2 * admissiblePoints().length);
    const drawn = tiles.filter((tile) => tile.trials > 0);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toMatchObject({ row: '3', x: '4', y: '1', rate: 0.5, undecided: 0.25 });
    expect(table?.rows).toHaveLength(1);
    expect(table?.rows[0]).toHaveLength(table?.columns.length ?? 0);
    expect(table?.rows[0].slice(0, 10)).toEqual([3, 1, 4, 'uniform', 'random', 8, 4, 1, 2, 1]);
  });
});
