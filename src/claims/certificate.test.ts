import { describe, expect, test } from 'vitest';
import type { Certificate, Confirmation, ExactCheck } from './certificate.js';
import { certificateFlaw, confirmationFlaw, settledBy, settling } from './certificate.js';

const violation: ExactCheck = { what: '|x|²', left: '5/4', relation: '>', right: '1', holds: true };
const inside: ExactCheck = { what: '|x|₁', left: '1', relation: '≤', right: '3/2', holds: true };
const ball = { name: 'unit ball' };
const dimension = { name: 'd ≥ 2' };

const certificateOf = (
  checks: readonly ExactCheck[],
  more: Partial<Certificate> = {},
): Certificate => ({ kind: 'instance', statement: 's', argument: 'a', checks, ...more });

describe('certificateFlaw', () => {
  test('a certificate that settles every assumption by name has none', () => {
    const certificate = certificateOf([settling(ball, inside), violation]);
    expect(certificateFlaw(certificate, [ball])).toBeNull();
    expect(settledBy(certificate)).toEqual(['unit ball']);
    expect(certificateFlaw(certificateOf([violation]), [])).toBeNull();
  });

  test('names what is missing and what to add', () => {
    expect(certificateFlaw(certificateOf([violation]), [ball])).toBe(
      "its certificate does not settle the assumption “unit ball”: add an exact check with settles: 'unit ball'",
    );
    expect(certificateFlaw(certificateOf([violation, inside]), [ball, dimension])).toContain(
      'the assumptions “unit ball”, “d ≥ 2”',
    );
  });

  test('an argument settles an assumption of a family, and none of an instance', () => {
    const assumptions = [{ name: 'unit ball', argument: 'X = e_1' }];
    expect(
      certificateFlaw(certificateOf([violation], { kind: 'family', assumptions }), [ball]),
    ).toBeNull();
    expect(certificateFlaw(certificateOf([violation], { assumptions }), [ball])).toContain(
      'does not settle',
    );
  });

  test.each<readonly [string, readonly ExactCheck[], string]>([
    ['no checks', [], 'checks nothing'],
    [
      'a failing check of an assumption',
      [settling(ball, { ...inside, right: '1/2', holds: false }), violation],
      'the exact check “|x|₁” of its certificate fails: 1 ≤ 1/2',
    ],
    [
      'sides that contradict the check',
      [settling(ball, { ...inside, right: '1/2' }), violation],
      'fails: 1 ≤ 1/2',
    ],
    [
      'sides that cannot be compared again',
      [settling(ball, { ...inside, left: 'small' }), violation],
      'cannot be compared again: small ≤ 3/2',
    ],
    ['assumptions alone', [settling(ball, inside)], 'checks nothing of the violation'],
  ])('%s', (_, checks, flaw) => {
    expect(certificateFlaw(certificateOf(checks), [ball])).toContain(flaw);
  });
});

describe('confirmationFlaw', () => {
  const confirmation: Confirmation = {
    method: 'more digits',
    digits: 64,
    clause: 'c',
    lhs: '1.25',
    rhs: '1',
    violated: true,
    assumptions: [{ name: 'unit ball', margin: '0', holds: true }],
  };

  test('none where it repeats the clause and rechecks every assumption', () => {
    expect(confirmationFlaw(confirmation, 'c', [ball])).toBeNull();
  });

  test.each<readonly [string, Partial<Confirmation>, string]>([
    ['another clause', { clause: 'b' }, 'about the clause “b”, not about “c”'],
    ['no violation', { violated: false }, 'finds no violation: 1.25 against 1'],
    [
      'an assumption that fails',
      { assumptions: [{ name: 'unit ball', margin: '-1', holds: false }] },
      'the assumption “unit ball” fails: margin -1',
    ],
    [
      'a missing one',
      { assumptions: [{ name: 'a ball', margin: '0', holds: true }] },
      "does not recheck the assumption “unit ball”: add { name: 'unit ball', margin, holds }",
    ],
  ])('%s', (_, changed, flaw) => {
    expect(confirmationFlaw({ ...confirmation, ...changed }, 'c', [ball])).toContain(flaw);
  });
});
