import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { stepColumns } from './step-columns.js';

describe('stepColumns', () => {
  it('finds every pattern that dense directions give on the plane', () => {
    const random = randomSource('step patterns');
    for (let key = 0; key < 10; key += 1) {
      const inputs = Array.from({ length: 7 }, () => [
        random.uniform() - 0.4,
        random.uniform() - 0.5,
      ]);
      const { columns, directions, complete } = stepColumns(inputs, 2);
      expect(complete).toBe(true);
      const known = new Set(columns.map((column) => column.join('')));
      expect(known.size).toBe(columns.length);
      for (let t = 0; t < 5000; t += 1) {
        const angle = 2 * Math.PI * random.uniform();
        const w = [Math.cos(angle), Math.sin(angle)];
        expect(
          known.has(inputs.map((x) => (w[0] * x[0] + w[1] * x[1] >= 0 ? 1 : 0)).join('')),
        ).toBe(true);
      }
      for (const [k, w] of directions.entries()) {
        expect(inputs.map((x) => (w[0] * x[0] + w[1] * x[1] >= 0 ? 1 : 0))).toEqual([
          ...columns[k],
        ]);
      }
    }
  });

  it('counts boundary points as active, and sees antipodal points apart', () => {
    const { columns } = stepColumns(
      [
        [1, 0],
        [-1, 0],
      ],
      2,
    );
    expect(new Set(columns.map((column) => column.join('')))).toEqual(new Set(['11', '10', '01']));
  });

  it('has the patterns of w = ±1 on the line', () => {
    const { columns } = stepColumns([[2], [0], [-1]], 1);
    expect(columns.map((column) => [...column])).toEqual([
      [1, 1, 0],
      [0, 1, 1],
    ]);
    expect(stepColumns([[0]], 1).columns).toHaveLength(1);
    expect(stepColumns([[0, 0]], 2).columns).toHaveLength(1);
  });

  it('refuses dimensions above 2', () => {
    expect(() => stepColumns([[1, 1, 1]], 3)).toThrow(
      'stepColumns: inputDim must be 1 or 2, got 3',
    );
  });
});
