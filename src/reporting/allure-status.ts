import type { Verdict } from '../claims/index.js';

export type AllureStatus = 'passed' | 'failed' | 'skipped' | 'broken';

/** How a verdict stands to what was expected of the reading. */
export type Expectation = 'expected' | 'unexpected' | 'none stated';

/** The table verdict × expectation → status; ARCHITECTURE.md repeats it. Grey is `skipped`. */
export const ALLURE_STATUS: Readonly<Record<Verdict, Readonly<Record<Expectation, AllureStatus>>>> =
  {
    survived: { expected: 'passed', unexpected: 'failed', 'none stated': 'passed' },
    witnessed: { expected: 'passed', unexpected: 'failed', 'none stated': 'passed' },
    reproduced: { expected: 'passed', unexpected: 'failed', 'none stated': 'passed' },
    refuted: { expected: 'passed', unexpected: 'failed', 'none stated': 'failed' },
    'not-reproduced': { expected: 'passed', unexpected: 'failed', 'none stated': 'failed' },
    inconclusive: { expected: 'skipped', unexpected: 'skipped', 'none stated': 'skipped' },
    vacuous: { expected: 'skipped', unexpected: 'skipped', 'none stated': 'skipped' },
  };

/** How a verdict stands to the admissible ones. */
export function expectationOf(verdict: Verdict, expected: readonly Verdict[] | null): Expectation {
  if (expected === null) return 'none stated';
  return expected.includes(verdict) ? 'expected' : 'unexpected';
}

/** What overrides the table: a fault of ours is broken, a surviving control failed. */
export interface Overrides {
  readonly survivingControls?: number;
  readonly fault?: boolean;
}

/**
 * The Allure status of a verdict: broken after a fault of ours, failed when a control survived, else
 * as in `ALLURE_STATUS`.
 *
 * @param expected the admissible verdicts; null where none are stated
 */
export function allureStatus(
  verdict: Verdict,
  expected: readonly Verdict[] | null,
  { survivingControls = 0, fault = false }: Overrides = {},
): AllureStatus {
  if (fault) return 'broken';
  if (survivingControls > 0) return 'failed';
  return ALLURE_STATUS[verdict][expectationOf(verdict, expected)];
}
