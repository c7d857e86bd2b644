import { describe, expect, test } from 'vitest';
import { normalVector, randomSource } from '../../math/index.js';
import { arrangementCells, countPerCell, unitTeacher } from '../../theory/index.js';
import { integer, ofDouble } from '../rational.js';
import { cellsOf, fewestPerCell, multipleOf, sideOf } from './arrangement.js';

const exact = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(ofDouble));

/** Integer normals, so that several of them often meet in a line. */
function normals(dimension: number, count: number, key: number): number[][] {
  const random = randomSource('arrangement', dimension, count, key);
  const rows: number[][] = [];
  while (rows.length < count) {
    const row = Array.from({ length: dimension }, () => random.integer(3) - 1);
    const isNew = rows.every((other) => multipleOf(exact([other])[0], exact([row])[0]) === null);
    if (row.some((entry) => entry !== 0) && isNew) rows.push(row);
  }
  return rows;
}

describe('cells in exact arithmetic', () => {
  test.each([
    [1, 1, 2],
    [2, 3, 6],
    [3, 2, 4],
    [3, 3, 8],
    [4, 4, 16],
  ])('d = %i, %i hyperplanes in general position: %i cells', (dimension, count, cells) => {
    const random = randomSource('generic', dimension, count);
    const rows = Array.from({ length: count }, () => normalVector(random, dimension));
    expect(cellsOf(exact(rows), dimension)).toHaveLength(cells);
  });

  test('degenerate arrangements have the cells that the claims’ own code finds, and points inside', () => {
    for (const [dimension, count] of [
      [2, 4],
      [3, 4],
      [3, 6],
      [4, 5],
    ]) {
      for (let key = 0; key < 6; key += 1) {
        const rows = normals(dimension, count, key);
        const cells = cellsOf(exact(rows), dimension);
        const units = rows.map((row) => row.map((entry) => entry / Math.hypot(...row)));
        const known = arrangementCells(units, dimension).map(({ sides }) => sides.join());
        expect(new Set(cells.map(({ sides }) => sides.join()))).toEqual(new Set(known));
        for (const { sides, inside } of cells) {
          expect(exact(rows).map((row) => sideOf(row, inside))).toEqual(sides);
        }
      }
    }
  });

  test('counts are those of the claims’ own code on random teachers and inputs', () => {
    for (let key = 0; key < 12; key += 1) {
      const random = randomSource('counts', key);
      const dimension = 2 + (key % 3);
      const inner = Array.from({ length: 1 + (key % 4) }, () => normalVector(random, dimension));
      const teacher = unitTeacher({
        activation: { name: 'relu' },
        inputDim: dimension,
        inner,
        outer: inner.map(() => 1),
      });
      const inputs = Array.from({ length: 60 }, () => normalVector(random, dimension));
      for (const cells of ['open', 'closed'] as const) {
        const { fewest } = countPerCell(teacher, inputs, cells === 'closed');
        const mine = fewestPerCell(exact(teacher.directions), exact(inputs), cells, dimension);
        expect(mine).toBe(fewest);
      }
    }
  });

  test('inputs that differ by a positive factor count once; opposite ones are two', () => {
    const line = [[1, 0].map(integer)];
    const inputs = exact([
      [0.1, 0.2],
      [0.2, 0.4],
      [-0.1, -0.2],
      [-3, 1],
    ]);
    expect(fewestPerCell(line, inputs, 'open', 2)).toBe(1);
    expect(fewestPerCell(line, inputs.slice(2), 'open', 2)).toBe(0);
  });

  test('an input on a wall counts for both closed cells and for no open one', () => {
    const line = [[1, 0].map(integer)];
    const inputs = exact([
      [0, 1],
      [1, 1],
      [-1, 1],
    ]);
    expect(fewestPerCell(line, inputs, 'closed', 2)).toBe(2);
    expect(fewestPerCell(line, inputs, 'open', 2)).toBe(1);
  });
});
