import { describe, expect, test } from 'vitest';
import { norm, randomSource } from '../math/index.js';
import type { UnitTeacher } from '../theory/index.js';
import { countPerCell, unitTeacher } from '../theory/index.js';
import type { CirclePlacement } from './inputs-on-circle.js';
import { drawCircleInputs } from './inputs-on-circle.js';
import type { CellPlacement } from './inputs-per-cell.js';
import { drawCellInputs, subspaceDimension } from './inputs-per-cell.js';
import { drawTeacher } from './teachers.js';

function drawn(inputDim: number, size: number, key: number): UnitTeacher {
  const random = randomSource('inputs tests', inputDim, size, key);
  return unitTeacher(
    drawTeacher(
      {
        arrangement: 'generic',
        inputDim,
        signs: Array.from({ length: size }, () => random.sign()),
        norms: 'unit-balanced',
      },
      random,
    ),
  );
}

describe('drawCircleInputs', () => {
  const placements: CirclePlacement[] = [
    'uniform',
    'evenly-spread',
    'clustered',
    'near-coincident',
    'near-walls',
    'at-walls',
  ];
  test.each(placements)('%s puts the inputs asked for in every closed sector', (placement) => {
    for (let key = 0; key < 8; key += 1) {
      const teacher = drawn(2, 1 + (key % 4), key);
      const random = randomSource('circle', placement, key);
      const inputs = drawCircleInputs({ placement, perSector: 4 }, teacher, random);
      const { fewest, cells } = countPerCell(teacher, inputs, true);
      expect(cells).toBe(2 * (1 + (key % 4)));
      expect(fewest).toBe(4);
      if (placement === 'at-walls') {
        expect(countPerCell(teacher, inputs, false).fewest).toBe(2);
      } else {
        for (const input of inputs) expect(norm(input)).toBeCloseTo(1, 12);
      }
    }
  });

  test('refuses other dimensions and empty sectors', () => {
    const random = randomSource('circle');
    expect(() =>
      drawCircleInputs({ placement: 'uniform', perSector: 3 }, drawn(3, 1, 0), random),
    ).toThrow('drawCircleInputs: inputDim must be 2, got 3');
    expect(() =>
      drawCircleInputs({ placement: 'uniform', perSector: 0 }, drawn(2, 1, 0), random),
    ).toThrow('drawCircleInputs: perSector must be an integer ≥ 1, got 0');
  });
});

describe('drawCellInputs', () => {
  const cases: [CellPlacement, number, number][] = [
    ['uniform', 2, 3],
    ['uniform', 3, 4],
    ['uniform', 5, 2],
    ['clustered', 3, 3],
    ['near-walls', 4, 2],
    ['near-subspace', 3, 2],
    ['near-subspace', 5, 1],
    ['in-subspace', 3, 1],
    ['in-subspace', 4, 3],
  ];
  test.each(cases)('%s, d = %i, m₀ = %i: exactly the number asked for', (placement, dim, size) => {
    for (let key = 0; key < 4; key += 1) {
      const teacher = drawn(dim, size, key);
      const inputs = drawCellInputs(
        { placement, perCell: 3 },
        teacher,
        randomSource('cells', placement, key),
      );
      const { fewest, cells } = countPerCell(teacher, inputs, false);
      expect(fewest).toBe(3);
      expect(inputs).toHaveLength(3 * cells);
      const off = inputs.flatMap((input) => input.slice(subspaceDimension(size)));
      if (placement === 'in-subspace') expect(new Set(off)).toEqual(new Set([0]));
    }
  });

  test('small cells are filled from inside', () => {
    const random = randomSource('narrow');
    const teacher = unitTeacher({
      activation: { name: 'relu' },
      inputDim: 3,
      inner: [
        [1, 0, 0],
        [1, 1e-5, 0],
      ],
      outer: [1, 1],
    });
    const inputs = drawCellInputs({ placement: 'uniform', perCell: 4 }, teacher, random);
    expect(countPerCell(teacher, inputs, false)).toEqual({ cells: 4, fewest: 4 });
  });

  test('refuses a subspace without room and empty cells', () => {
    const random = randomSource('cells');
    expect(() =>
      drawCellInputs({ placement: 'in-subspace', perCell: 3 }, drawn(2, 1, 0), random),
    ).toThrow('drawCellInputs: inputDim must exceed 2 for in-subspace with 1 lines, got 2');
    expect(() =>
      drawCellInputs({ placement: 'uniform', perCell: 0.5 }, drawn(2, 1, 0), random),
    ).toThrow('drawCellInputs: perCell must be an integer ≥ 1, got 0.5');
  });
});
