import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { AnyReading, Certificate, Confirmation, ExactCheck } from '../claims/index.js';
import { atMost, decided, settling, universal } from '../claims/index.js';
import { generator } from '../generators/index.js';
import { compare, dotExact, formatRational, norm } from '../math/index.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import { toyClaim, vanishing } from './testing/toy-claims.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-unsettled-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const settings: RunSettings = {
  profile: 'smoke',
  seed: 1,
  engine: 'js64',
  budgetMsPerReading: null,
  readings: null,
  found: join(folder, 'found'),
  corpus: join(folder, 'corpus'),
};

interface Point {
  readonly x: readonly number[];
}

const UNIT_BALL = 'the point lies in the unit ball';

/**
 * |x|² ≤ 1 in the unit ball: true. Normalised points lie outside by a rounding, which the margin of the assumption does
 * not see; the exact violation is one of the assumption as well.
 */
function taut(
  checks: (square: ReturnType<typeof dotExact>) => readonly ExactCheck[],
  confirm?: (point: Point) => Confirmation,
): AnyReading {
  return universal<Point>({
    note: 'As printed.',
    instances: generator({
      law: 'uniform directions of dimension 2…6',
      structure: fc.integer({ min: 2, max: 6 }),
      build(size, random): Point {
        const v = Array.from({ length: size }, () => 2 * random.uniform() - 1);
        const length = Math.hypot(...v);
        return { x: v.map((entry) => entry / length) };
      },
      labels: () => ['any'],
    }),
    assumptions: [
      { name: UNIT_BALL, tex: String.raw`\|x\| \le 1`, margin: ({ x }) => 1 - norm(x) },
    ],
    conclude: ({ x }) => {
      const square = x.reduce((sum, entry) => sum + entry * entry, 0);
      return decided('exact', [atMost('|x|² ≤ 1', square, 1)]);
    },
    certify: ({ x }): Certificate => ({
      kind: 'instance',
      statement: '|x|² > 1',
      argument: 'By comparison.',
      checks: checks(dotExact(x, x)),
    }),
    ...(confirm === undefined ? {} : { confirm }),
    controls: {
      half: {
        statement: '|x|² ≤ ½',
        argument: 'it is 1 up to rounding',
        judge: 'every-draw',
        conclude: () => decided('exact', [atMost('|x|² ≤ ½', 1, 0.5)]),
      },
    },
    coverage: { sampled: { any: 'every point' } },
  });
}

const violation = (square: ReturnType<typeof dotExact>): ExactCheck => ({
  what: '|x|²',
  left: formatRational(square),
  relation: '>',
  right: '1',
  holds: compare(square, 1n) > 0,
});

const run = (reading: AnyReading) => runReading(toyClaim(reading), 'literal', settings);

describe('a violation outside the assumptions by one rounding', () => {
  test('is not certified by a certificate that settles none of them', async () => {
    const { verdict, grade, reason, counterexamples } = await run(
      taut((square) => [violation(square)]),
    );
    expect({ verdict, grade, counterexamples }).toEqual({
      verdict: 'inconclusive',
      grade: 'suspect',
      counterexamples: [],
    });
    expect(reason).toContain(
      `its certificate does not settle the assumption “${UNIT_BALL}”: add an exact check with settles: '${UNIT_BALL}'`,
    );
  });

  test('nor by one that settles it: the exact check fails', async () => {
    const { verdict, reason } = await run(
      taut((square) => [
        violation(square),
        settling(
          { name: UNIT_BALL },
          { ...violation(square), relation: '≤', holds: compare(square, 1n) <= 0 },
        ),
      ]),
    );
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('the exact check “|x|²” of its certificate fails');
  });

  test('nor confirmed by a confirmation that rechecks something else', async () => {
    const { verdict, grade, reason } = await run(
      taut(
        () => [],
        ({ x }) => ({
          method: 'as before',
          digits: 64,
          clause: '|x|² ≤ 1',
          lhs: String(x.length),
          rhs: '1',
          violated: true,
          assumptions: [{ name: 'the dimension is at least 2', margin: '0', holds: true }],
        }),
      ),
    );
    expect({ verdict, grade }).toEqual({ verdict: 'inconclusive', grade: 'suspect' });
    expect(reason).toContain(`does not recheck the assumption “${UNIT_BALL}”`);
  });
});

describe('a family', () => {
  const assumptions = [{ name: 'n ≥ 1', tex: 'n \\ge 1', margin: () => 0 }];
  const family = {
    id: 'plateau',
    statement: 'the rate stays at 1',
    argument: 'by inspection',
    verify: () => [{ what: 'rate', left: '1', relation: '>' as const, right: '1/4', holds: true }],
  };
  const reading = (more: object): AnyReading => ({
    ...vanishing([{ ...family, ...more }]),
    assumptions,
  });

  test('that settles no assumption refutes nothing, and says which is missing', async () => {
    const { verdict, lost } = await run(reading({}));
    expect(verdict).not.toBe('refuted');
    expect(lost).toEqual([
      {
        id: 'plateau',
        reason:
          "its certificate does not settle the assumption “n ≥ 1”: add an exact check with settles: 'n ≥ 1', or an argument under assumptions",
      },
    ]);
  });

  test('may argue for it', async () => {
    const argued = { assumptions: [{ name: 'n ≥ 1', argument: 'n = 2, 8, …' }] };
    const { verdict, grade } = await run(reading(argued));
    expect({ verdict, grade }).toEqual({ verdict: 'refuted', grade: 'certified' });
  });

  test('that is malformed is refused with its field', async () => {
    await expect(run(reading({ verify: () => [{ what: 'rate' }] }))).rejects.toThrow(
      /^toy\/claim, reading literal, family plateau: checks\[0\]\.left must be a string, got undefined$/,
    );
  });
});
