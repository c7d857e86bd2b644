import { join, resolve } from 'node:path';
import type { Counterexample } from '../../hunting/index.js';
import {
  InputError,
  corpusEntries,
  likelyCause,
  noteReproduced,
  readCounterexample,
  readDates,
  replay,
  signatureOf,
  storeCounterexample,
  verifyIndependently,
} from '../../hunting/index.js';
import type { LoadedClaim } from '../../running/index.js';
import { ENGINES, FALSUM_VERSION, engineOf } from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { locate } from '../locate.js';
import { parse, text } from '../options.js';
import { claimsFor, unwritable } from '../select.js';
import type { Terminal } from '../terminal.js';
import { terminal } from '../terminal.js';
import { corpusFolder } from './board.js';
import { checkJson, writeJson } from './list.js';

export const CORPUS_HELP = `falsum corpus [list]
falsum corpus verify
falsum corpus add <id|file…>

The stored counterexamples, which every run tries first.

  list                  all of them: grade, size (numbers in the instance), when they were stored and last reproduced
  verify                recomputes all and shows their certificates to the independent checker
  add <id|file…>        promotes found counterexamples; none of them where one cannot be added
  --corpus <folder>     stored counterexamples (default: those of the package)
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where found counterexamples and the days of reproductions are (default: reports)
  --json <file|->       the same as JSON; with - to standard output
  --quiet               print nothing but errors

A counterexample leaves the corpus only by hand: delete its file. Verify exits 1 when one does not reproduce.
`;

interface Place {
  readonly corpus: string;
  readonly reports: string;
  readonly properties: readonly string[];
}

type Action = (
  place: Place,
  names: readonly string[],
  out: Terminal,
) => Promise<{ readonly code: number; readonly result: unknown }>;

const ACTIONS: Readonly<Record<string, Action>> = { list, verify, add };

/** Lists, verifies and extends the corpus. */
export async function corpus(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('corpus', argv, {
    corpus: { type: 'string' },
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
  });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  checkJson(json);
  const [name = 'list', ...names] = positionals;
  if (!Object.hasOwn(ACTIONS, name)) {
    throw new UsageError(
      `corpus: no action "${name}"; there are ${Object.keys(ACTIONS).join(', ')}`,
    );
  }
  if (name !== 'add' && names.length > 0) {
    throw new UsageError(`corpus ${name}: takes no names, got "${names[0]}"`);
  }
  const place = placeOf(values, name === 'add' ? 'empty' : 'error');
  const { code, result } = await ACTIONS[name](place, names, out);
  if (json !== undefined) writeJson(json, result);
  return code;
}

function placeOf(values: ReturnType<typeof parse>['values'], absent: 'error' | 'empty'): Place {
  const properties = (values['properties'] ?? []) as string[];
  return {
    corpus: corpusFolder(text(values, 'corpus'), properties, absent),
    reports: resolve(text(values, 'reports') ?? 'reports'),
    properties,
  };
}

async function list(place: Place, _names: readonly string[], out: Terminal) {
  const stored = readDates(place.corpus);
  const seen = readDates(place.reports);
  const rows = corpusEntries(place.corpus).map((entry) => ({
    claim: entry.claim,
    reading: entry.reading,
    id: entry.id,
    form: entry.form,
    grade: entry.grade,
    size: numbersIn(entry.instance),
    stored: stored[entry.id]?.first ?? null,
    reproduced: seen[entry.id]?.last ?? stored[entry.id]?.last ?? null,
    foundBy: `${entry.found.stream} stream, seed ${entry.found.seed}`,
    engine: entry.engine,
    version: entry.version,
  }));
  let heading = '';
  for (const { claim, reading, id, form, grade, size, ...row } of rows) {
    if (heading !== `${claim} ${reading}`) {
      heading = `${claim} ${reading}`;
      out.print(`${out.style('bold', claim)} ${reading}`);
    }
    const what = form === 'family' ? 'family' : `${size} number${size === 1 ? '' : 's'}`;
    out.print(
      `  ${id}  ${grade.padEnd(9)}  ${what.padStart(11)}  stored ${row.stored ?? '–         '}  reproduced ${row.reproduced ?? '–         '}  ${row.foundBy}`,
    );
  }
  out.print(`${rows.length} counterexample${rows.length === 1 ? '' : 's'} in ${place.corpus}`);
  return { code: EXIT.asExpected, result: { schema: 'falsum/corpus@1', counterexamples: rows } };
}

function numbersIn(json: unknown): number {
  if (typeof json === 'number') return 1;
  if (typeof json !== 'object' || json === null) return 0;
  return Object.values(json).reduce((sum: number, entry) => sum + numbersIn(entry), 0);
}

async function verify(place: Place, _names: readonly string[], out: Terminal) {
  const entries = corpusEntries(place.corpus);
  const claims = await claimsFor(place.properties);
  const results = [];
  for (const [i, entry] of entries.entries()) {
    out.status(`${i + 1}/${entries.length} ${entry.claim} ${entry.reading} ${entry.id}`);
    const { checked, reason } = await recomputed(entry, claims);
    results.push({ claim: entry.claim, reading: entry.reading, id: entry.id, checked, reason });
    if (reason !== null) {
      out.print(
        `${out.style('red', 'lost')} ${entry.claim} ${entry.reading} ${entry.id}: ${reason}`,
      );
    }
  }
  const good = results.filter(({ reason }) => reason === null);
  remember(
    place.reports,
    good.map(({ id }) => id),
  );
  const accepted = good.filter(({ checked }) => checked === true).length;
  out.print(
    `${good.length} of ${results.length} counterexamples reproduce; the independent checker accepts ${accepted}`,
  );
  const code = good.length === results.length ? EXIT.asExpected : EXIT.unexpected;
  return { code, result: { schema: 'falsum/corpus-verified@1', counterexamples: results } };
}

async function add(place: Place, names: readonly string[], out: Terminal) {
  if (names.length === 0) throw new UsageError('corpus add: name the counterexamples to add');
  const claims = await claimsFor(place.properties);
  const held = corpusEntries(place.corpus);
  const adding: Counterexample[] = [];
  for (const name of names) {
    const entry = readCounterexample(locate(name, [join(place.reports, 'found')]));
    const { id, grade, claim, reading } = entry;
    if (grade === 'suspect') {
      throw new InputError(`${name}: is suspect; only what is confirmed or certified is added`);
    }
    const { reason } = await recomputed(entry, claims);
    if (reason !== null) throw new InputError(`${name}: does not reproduce: ${reason}`);
    const owner = claims.find((loaded) => loaded.claim.id === claim)?.claim;
    const twin =
      owner &&
      [...held, ...adding].find(
        (other) =>
          other.claim === claim &&
          other.reading === reading &&
          (other.id === id || signatureOf(owner, other) === signatureOf(owner, entry)),
      );
    if (twin) {
      throw new InputError(
        twin.id === id
          ? `${name}: ${id} is in the corpus already`
          : `${name}: ${id} is ${twin.id} of the corpus up to the symmetries of the claim; it adds nothing`,
      );
    }
    adding.push(entry);
  }
  try {
    for (const entry of adding) {
      const file = storeCounterexample(place.corpus, entry);
      out.print(`added ${entry.claim} ${entry.reading} ${entry.id}: ${file}`);
    }
    noteReproduced(
      place.corpus,
      adding.map(({ id }) => id),
      today(),
    );
  } catch (error) {
    throw unwritable(place.corpus, error);
  }
  return { code: EXIT.asExpected, result: { added: adding.map(({ id }) => id) } };
}

/** Recomputes a stored counterexample and has its certificate checked; why it is lost, or null. */
async function recomputed(
  entry: Counterexample,
  claims: readonly LoadedClaim[],
): Promise<{ readonly checked: boolean | null; readonly reason: string | null }> {
  const claim = claims.find((loaded) => loaded.claim.id === entry.claim)?.claim;
  const engine = ENGINES.find((name) => name === entry.engine) ?? 'wasm64';
  const cause = (version: number | null): string =>
    likelyCause(entry, { version, engine, falsum: FALSUM_VERSION });
  if (claim === undefined || !Object.hasOwn(claim.readings, entry.reading)) {
    return { checked: null, reason: cause(null) };
  }
  let result: Awaited<ReturnType<typeof replay>>;
  try {
    result = await replay(claim, entry, await engineOf(engine));
  } catch (error) {
    const line = (error as Error).message.split('\n')[0];
    return { checked: null, reason: `${line}; ${cause(claim.version)}` };
  }
  if (!result.reproduces || result.grade === 'suspect' || result.grade === null) {
    const why = result.reason ?? result.flaw ?? 'it is not confirmed any more';
    return { checked: null, reason: `${why}; ${cause(claim.version)}` };
  }
  // The file itself is read: its certificate is what others are given.
  const { counterexample, rejection } = verifyIndependently(entry);
  return { checked: counterexample.checked ?? null, reason: rejection };
}

/** Notes the day; reports that cannot be written lose nothing else. */
function remember(reports: string, ids: readonly string[]): void {
  try {
    noteReproduced(reports, ids, today());
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unwritable(reports, error);
  }
}

/** The day in UTC, as 2026-01-31. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
