import { describe, expect, it } from 'vitest';
import { certifies } from '../../../src/claims/index.js';
import { ratio, rational } from '../../../src/math/index.js';
import { check, eulerUpperBound, expLowerBound, roundDown } from './exact-check.js';
import { unseenFarComponent } from './relu-outer-norm-family.js';
import { rareFarAtom, sigmoidAtom } from './sigmoid-outer-norm-families.js';
import { stepAtom } from './step-outer-norm-family.js';

const number = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }): number =>
  Number(numerator) / Number(denominator);

describe('outer-norm families', () => {
  it.each([unseenFarComponent, sigmoidAtom, rareFarAtom, stepAtom])('$id holds', (family) => {
    const { statement, argument, verify } = family;
    const checks = verify();
    expect(checks.filter((c) => !c.holds)).toEqual([]);
    expect(certifies({ kind: 'family', statement, argument, checks })).toBe(true);
  });

  it('bounds e and its powers on the right side', () => {
    expect(number(eulerUpperBound())).toBeCloseTo(Math.E, 14);
    expect(number(roundDown(expLowerBound(4)))).toBeCloseTo(Math.exp(4), 10);
    expect(
      check('e^4 from below', roundDown(expLowerBound(4)), '<', ratio(545982n, 10000n)).holds,
    ).toBe(true);
    expect(
      check('e from above', eulerUpperBound(), '>', ratio(271828182845904n, 10n ** 14n)).holds,
    ).toBe(true);
  });

  it('fails a check that does not hold', () => {
    expect(check('1 < 1', rational(1n), '<', rational(1n)).holds).toBe(false);
    expect(check('1 ≤ 1', rational(1n), '≤', rational(1n)).holds).toBe(true);
    expect(check('½ = 2/4', ratio(1n, 2n), '=', ratio(2n, 4n))).toEqual({
      what: '½ = 2/4',
      left: '1/2',
      relation: '=',
      right: '1/2',
      holds: true,
    });
    expect(check('2 ≥ 3', rational(2n), '≥', rational(3n)).holds).toBe(false);
    expect(check('3 > 2', rational(3n), '>', rational(2n)).holds).toBe(true);
  });
});
