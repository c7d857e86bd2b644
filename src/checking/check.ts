import type { Counterexample } from './counterexample.js';
import { NOT_READ, proseFingerprint, readCounterexample } from './counterexample.js';
import { ENTRIES } from './entries.js';
import type { Finding, Rounded, Route } from './finding.js';
import { magnitude, minus, ofDouble, order, over, plus, shown, signOf } from './rational.js';
import { Rejection, cannotCheck, demand } from './rejection.js';
import { matchChecks, sentence } from './statement.js';

/** What the independent checker says of a counterexample file. */
export interface CheckResult {
  readonly verdict: 'accepted' | 'rejected';
  /** Why it is rejected, or what was shown. */
  readonly reason: string;
  /** Whether the checker knows the claim's reading at all; where it does not, it rejects and says so. */
  readonly covered: boolean;
  /** The statements it recomputed, in order. Empty when rejected. */
  readonly verified: readonly string[];
  /** Every assumption of the reading by name, each settled by statements or by the argument. Empty when rejected. */
  readonly settled: readonly string[];
  /** Both sides of the violated clause as recomputed, exact or enclosed; null for families and when rejected. */
  readonly sides: { readonly clause: string; readonly lhs: string; readonly rhs: string } | null;
  /** What rests on the certificate's argument, which a person has to read. */
  readonly argued: readonly string[];
  /** Parts of the file that it did not look at. */
  readonly notRead: readonly string[];
}

/**
 * Checks the certificate of a counterexample from nothing but the file: every assumption of the reading and the
 * violation are recomputed from instance and data in exact arithmetic, and what the file prints must agree. It
 * believes no printed number and shares no code with the claims. Never throws.
 */
export function checkCertificate(json: unknown): CheckResult {
  let covered = false;
  try {
    const { claim, reading } = (json ?? {}) as { claim?: unknown; reading?: unknown };
    covered = routesOf(claim, reading).length > 0;
    const counterexample = readCounterexample(json);
    const finding = recompute(counterexample);
    compare(counterexample, finding);
    const settled = settledNames(counterexample, finding);
    return {
      verdict: 'accepted',
      reason:
        counterexample.form === 'instance'
          ? finding.statement
          : `the exact checks hold; with the argument of the family: ${finding.statement}`,
      covered,
      verified: [...finding.statements.map(sentence), ...finding.facts],
      settled,
      sides: finding.sides && {
        clause: finding.clause,
        lhs: ends(finding.sides.lhs),
        rhs: ends(finding.sides.rhs),
      },
      argued: finding.argued,
      notRead: NOT_READ,
    };
  } catch (error) {
    // Arithmetic on absurd input may run out of range or memory: that is no certificate either.
    const reason =
      error instanceof Rejection
        ? error.message
        : `cannot check: ${error instanceof Error ? error.message : String(error)}`;
    return {
      verdict: 'rejected',
      reason,
      covered,
      verified: [],
      settled: [],
      sides: null,
      argued: [],
      notRead: NOT_READ,
    };
  }
}

/** Every assumption that the reading is known to have must be settled. */
function settledNames(
  { claim, reading, certificate }: Counterexample,
  { statements }: Finding,
): readonly string[] {
  const { assumptions } = ENTRIES[claim].readings[reading];
  const settled = new Set([
    ...statements.map(({ settles }) => settles),
    ...certificate.argued.map(({ name }) => name),
  ]);
  for (const name of assumptions) {
    demand(settled.has(name), `the assumption “${name}” is not settled`);
  }
  demand(
    statements.some(({ settles }) => settles === undefined),
    'nothing is stated about the violation',
  );
  return assumptions;
}

/** A number, or the ends between which it lies. */
function ends({ lower, upper }: Rounded): string {
  return order(lower, upper) === 0 ? shown(lower) : `[${shown(lower)}, ${shown(upper)}]`;
}

/**
 * What the instance and data of a file show, whatever the file prints.
 *
 * @throws Rejection when they are malformed or no entry is about them
 */
export function recompute(counterexample: Counterexample): Finding {
  return findRoute(counterexample).recompute({
    instance: counterexample.instance,
    data: counterexample.certificate.data,
    lhs: counterexample.sides && printedLeft(counterexample.sides),
  });
}

function printedLeft({ lhs, margin }: NonNullable<Counterexample['sides']>) {
  return { value: lhs, error: (Math.abs(lhs) * (margin.upper - margin.lower)) / 2 };
}

function routesOf(claim: unknown, reading: unknown): readonly Route[] {
  if (typeof claim !== 'string' || typeof reading !== 'string') return [];
  if (!Object.hasOwn(ENTRIES, claim) || !Object.hasOwn(ENTRIES[claim].readings, reading)) return [];
  return ENTRIES[claim].readings[reading].routes;
}

function findRoute({
  claim,
  reading,
  version,
  form,
  instance,
  certificate,
}: Counterexample): Route {
  const routes = routesOf(claim, reading);
  if (routes.length === 0) cannotCheck(`no entry for ${claim}, reading ${reading}`);
  demand(
    version === ENTRIES[claim].version,
    `cannot check: the entry is for version ${ENTRIES[claim].version} of the claim, not ${version}`,
  );
  const { type } = certificate;
  const fits = routes.filter((route) => route.form === form && route.type === type);
  if (fits.length === 0) cannotCheck(`no certificate of type ${type} for this reading`);
  if (form === 'instance') return fits[0];
  const id = (instance as { family?: unknown } | null)?.family;
  const route = fits.find(({ family }) => family === id);
  if (route === undefined) cannotCheck('no such family');
  demand(
    Object.keys(instance as object).length === 1,
    'the instance of a family must name the family alone',
  );
  return route;
}

/** The file must print what was found. */
function compare({ clause, sides, certificate }: Counterexample, finding: Finding): void {
  matchChecks(finding.statements, certificate.checks);
  demand(clause === finding.clause, `the violated clause must be “${finding.clause}”`);
  demand(
    certificate.statement === finding.statement,
    `the certificate must state “${finding.statement}”`,
  );
  demand(
    proseFingerprint(certificate) === finding.argument,
    'the argument is not the one that was read when this entry was written',
  );
  demand((sides === null) === (finding.sides === null), 'both sides must be there, or neither');
  if (sides === null || finding.sides === null) return;
  const { lhs, rhs, margin } = sides;
  demand(isWithin(lhs, finding.sides.lhs), `the left side is not ${lhs}`);
  demand(isWithin(rhs, finding.sides.rhs), `the right side is not ${rhs}`);
  const [left, right] = [ofDouble(lhs), ofDouble(rhs)];
  const size = plus(magnitude(left), magnitude(right));
  demand(signOf(size) > 0 && margin.upper < 0, 'the margin must be negative');
  demand(
    isBetween(margin, over(minus(right, left), size)),
    'the margin must enclose (right − left)/(|right| + |left|)',
  );
}

function isWithin(value: number, { lower, upper }: Rounded): boolean {
  return order(lower, ofDouble(value)) <= 0 && order(ofDouble(value), upper) <= 0;
}

function isBetween(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  value: ReturnType<typeof ofDouble>,
): boolean {
  return order(ofDouble(lower), value) <= 0 && order(value, ofDouble(upper)) <= 0;
}
