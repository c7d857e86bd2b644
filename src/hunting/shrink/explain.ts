import type { AnyReading, Claim, OpaqueInstance } from '../../claims/index.js';
import { ClaimFault, nearestAssumption, runTrial, tightestClause } from '../../claims/index.js';
import { testDraw } from '../../generators/index.js';
import type { Json, Plain } from '../../model/index.js';
import { decodeJson, encodeJson } from '../../model/index.js';
import type { Engine } from '../../training/index.js';
import type { Counterexample } from '../counterexample.js';
import { toolsOf } from '../tools.js';
import { replaceAt, valueAt } from './edit.js';
import type { Path } from './places.js';
import { placeOf, visit } from './places.js';
import type { Structure } from './structure.js';
import { learnStructure } from './structure.js';

/** What happens when one part is drawn again from the law while all others stay. */
interface Part {
  /** The part by its place in the instance. */
  readonly part: string;
  readonly tried: number;
  /** How often the claim was violated all the same, held, or an assumption failed; the rest was not decided. */
  readonly violated: number;
  readonly held: number;
  readonly outside: number;
}

/** The margin along one number of the instance; null where an assumption fails or nothing was decided. */
interface Slice {
  readonly number: string;
  readonly values: readonly number[];
  readonly margins: readonly (number | null)[];
}

/** Why a counterexample is one. */
export interface Explanation {
  readonly parts: readonly Part[];
  /** Margins of all assumptions, the nearest to failing first. */
  readonly assumptions: readonly { readonly name: string; readonly margin: Json }[];
  readonly slices: readonly Slice[];
}

const RESAMPLES = 6;
const MOST_PARTS = 24;
const MOST_SLICES = 6;
/** Where a slice is evaluated, in units of max(1, |x|). */
const STEPS = [-1, -0.5, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.5, 1] as const;
/** The same for whole numbers, in units of 1. */
const WHOLE_STEPS = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5] as const;
/** A slice with fewer other points that say something is not shown. */
const FEWEST_POINTS = 3;

type Outcome = {
  readonly kind: 'violated' | 'held' | 'outside' | 'undecided';
  readonly margin: number | null;
};

/**
 * Explains a counterexample: which parts matter (each drawn again from the generator’s law), how near each assumption
 * is to failing, and the margin along single numbers. Nothing is graded here: it describes, and proves nothing.
 *
 * @param budget most instances that are judged; parts come first, then slices
 */
async function explain(
  claim: Claim,
  stored: Counterexample,
  engine: Engine,
  budget: number,
): Promise<Explanation | null> {
  const reading = claim.readings[stored.reading];
  if (stored.form === 'family' || reading === undefined) return null;
  const instance = decodeJson(stored.instance);
  const left = { evaluations: budget };
  const judge = async (candidate: Plain): Promise<Outcome | null> => {
    if (left.evaluations <= 0) return null;
    left.evaluations -= 1;
    return outcomeOf(claim, stored, reading, engine, candidate as unknown as OpaqueInstance);
  };
  const structure = learnStructure(reading.instances);
  const parts = await partsOf(instance, reading, structure, judge);
  const assumptions = reading.assumptions.map((assumption) => {
    const where = `${claim.id}, ${stored.reading}, explanation`;
    const nearest = nearestAssumption([assumption], instance as unknown as OpaqueInstance, where);
    return { name: assumption.name, margin: nearest?.margin ?? NaN };
  });
  return {
    parts,
    assumptions: assumptions
      .toSorted((a, b) => a.margin - b.margin)
      .map(({ name, margin }) => ({ name, margin: encodeJson(margin) })),
    slices: await slicesOf(instance, structure, judge),
  };
}

/** A counterexample with its explanation; as it is where the budget is 0. */
export async function explained(
  claim: Claim,
  stored: Counterexample,
  engine: Engine,
  budget: number,
): Promise<Counterexample> {
  const explanation = budget > 0 ? await explain(claim, stored, engine, budget) : null;
  return explanation === null ? stored : { ...stored, explanation };
}

async function outcomeOf(
  claim: Claim,
  stored: Counterexample,
  reading: AnyReading,
  engine: Engine,
  instance: OpaqueInstance,
): Promise<Outcome> {
  const { seed, stream, trial, attack } = stored.found;
  const tools = toolsOf(engine, attack ?? 1, seed, claim.id, stored.reading, stream, trial);
  try {
    const { conclusion, record } = await runTrial(
      reading,
      { instance, labels: [] },
      { where: `${claim.id}, ${stored.reading}, explanation`, trial, tools },
    );
    if (conclusion === null) return { kind: 'outside', margin: null };
    if (conclusion.status === 'gave-up' || record.outcome === 'gave-up') {
      return { kind: 'undecided', margin: null };
    }
    const clause = conclusion.clauses.find(({ name }) => name === stored.clause);
    const { margin } = clause ?? tightestClause(conclusion) ?? { margin: null };
    return {
      kind: record.outcome === 'violated' ? 'violated' : 'held',
      margin: margin === null ? null : (margin.lower + margin.upper) / 2,
    };
  } catch (error) {
    // A candidate out of shape, on which the claim’s own code throws.
    if (error instanceof ClaimFault) return { kind: 'outside', margin: null };
    throw error;
  }
}

/** Whether a number repeats the length of arrays: it says nothing by itself. */
function isCount({ counts }: Structure, path: Path): boolean {
  return counts.has(placeOf(path));
}

/** Vectors of numbers, and numbers outside of them. */
function piecesOf(instance: Plain, structure: Structure): Path[] {
  const vectors: Path[] = [];
  const single: Path[] = [];
  visit(instance, {
    array(path, length) {
      const entries = valueAt(instance, path) as readonly Plain[];
      if (length > 0 && entries.every((entry) => typeof entry === 'number')) vectors.push(path);
    },
    number(path) {
      const above = valueAt(instance, path.slice(0, -1));
      const alone = !Array.isArray(above) || !above.every((entry) => typeof entry === 'number');
      if (alone && !isCount(structure, path)) single.push(path);
    },
  });
  return [...vectors, ...single];
}

async function partsOf(
  instance: Plain,
  reading: AnyReading,
  structure: Structure,
  judge: (candidate: Plain) => Promise<Outcome | null>,
): Promise<Part[]> {
  const draws = Array.from(
    { length: 4 * RESAMPLES },
    (_, trial) => testDraw(reading.instances, ['explanation'], trial).instance as unknown as Plain,
  );
  const parts: Part[] = [];
  for (const path of piecesOf(instance, structure).slice(0, MOST_PARTS)) {
    const count = { tried: 0, violated: 0, held: 0, outside: 0 };
    const now = valueAt(instance, path);
    for (const other of resamples(draws, path, now)) {
      const outcome = await judge(replaceAt(instance, path, other));
      if (outcome === null) return parts;
      count.tried += 1;
      if (outcome.kind !== 'undecided') count[outcome.kind] += 1;
    }
    if (count.tried > 0) parts.push({ part: nameOf(path), ...count });
  }
  return parts;
}

/** Values that the law puts at a place, of the same length where it is a vector; one from a draw. */
function resamples(draws: readonly Plain[], path: Path, now: Plain): Plain[] {
  const place = placeOf(path);
  const length = Array.isArray(now) ? now.length : null;
  const pool: number[] = [];
  for (const draw of draws) {
    visit(draw, {
      number(at, x) {
        if (placeOf(length === null ? at : at.slice(0, -1)) === place) pool.push(x);
      },
    });
  }
  const size = length ?? 1;
  const count = Math.min(RESAMPLES, Math.floor(pool.length / size));
  // Spread over the draws: neighbours in the pool come from one instance.
  const stride = Math.floor(pool.length / size / Math.max(1, count));
  return Array.from({ length: count }, (_, k) => {
    const from = k * stride * size;
    return length === null ? pool[from] : pool.slice(from, from + size);
  });
}

async function slicesOf(
  instance: Plain,
  structure: Structure,
  judge: (candidate: Plain) => Promise<Outcome | null>,
): Promise<Slice[]> {
  const numbers: [Path, number][] = [];
  visit(instance, { number: (path, x) => numbers.push([path, x]) });
  // Numbers by themselves first: they are parameters, entries of vectors are data.
  const inOrder = numbers.toSorted(([a], [b]) => depth(a) - depth(b));
  const slices: Slice[] = [];
  for (const [path, x] of inOrder) {
    if (slices.length >= MOST_SLICES) break;
    if (isCount(structure, path)) continue;
    const whole = structure.numbers.get(placeOf(path))?.whole === true;
    const unit = whole ? 1 : Math.max(1, Math.abs(x));
    const steps = whole ? WHOLE_STEPS : STEPS;
    const values: number[] = [];
    const margins: (number | null)[] = [];
    for (const step of steps) {
      const value = x + step * unit;
      const outcome = await judge(replaceAt(instance, path, value));
      if (outcome === null) return slices;
      values.push(value);
      margins.push(outcome.margin);
    }
    const said = margins.filter((margin, k) => margin !== null && steps[k] !== 0).length;
    if (said >= FEWEST_POINTS) slices.push({ number: nameOf(path), values, margins });
  }
  return slices;
}

function depth(path: Path): number {
  return path.filter((step) => typeof step === 'number').length;
}

/** `inputs[2][0]` */
function nameOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
