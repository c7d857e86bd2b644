import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureFolder } from '../../files/index.js';
import { InputError } from '../../hunting/index.js';
import type { Crew, EngineName, HuntState, LoadedClaim } from '../../running/index.js';
import {
  FaultError,
  PACKAGE_ROOT,
  checkKept,
  checkpointFile,
  effortOf,
  evaluationsOf,
  hunt as huntReading,
  huntingOf,
  marginOf,
  mismatch,
  newHunt,
  rankReadings,
  readCheckpoint,
  shareOfTime,
  threadCrew,
} from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { expectationOf, readKnownVerdicts } from '../expectations.js';
import type { KeptFault } from '../faults.js';
import { exitCodeOf, faultLines, keepFaults } from '../faults.js';
import { endText, findText, progressText } from '../hunt-text.js';
import { onInterrupt } from '../interrupt.js';
import { lockFolder } from '../lock.js';
import { DEFAULT_LEDGER, LeftOut, ledgerToRead } from '../ledger.js';
import { REPORTS_MEND } from '../own-files.js';
import { duration, engineOption, parse, text, wholeNumber } from '../options.js';
import type { Places } from '../reached.js';
import { allReached } from '../reached.js';
import { checkReadings, claimsFor, selectOne } from '../select.js';
import { faultJson } from '../verdicts-json.js';
import type { Terminal } from '../terminal.js';
import { terminal } from '../terminal.js';
import { corpusFolder } from './board.js';
import { checkJson, writeJson } from './list.js';

export const HUNT_HELP = `falsum hunt <claim> --budget <time> | --evaluations <n>
falsum hunt --all --budget <time>

Searches for a counterexample with all cores, following the margin. What it finds is graded, confirmed, shown to
the independent checker and stored at once, then shrunk. A hunt ends with its first counterexample or its limit.
Equal evaluations give equal results, however many workers there are and however often it was interrupted.

  claim                 a claim's id or catalogue id; without --reading its readings take turns
  --all                 all claims; the time is divided by the order of "falsum board", finished hunts pass theirs on
  --reading <id>        only this reading; may be repeated
  --label <label>       only instances with this coverage label (dim:3); "falsum show" lists them
  --budget <time>       time in all (60s, 10m, 8h)
  --evaluations <n>     evaluations of each hunt, those before --resume included
  --keep-going          go on after the first counterexample, one for each violated clause
  --resume              go on where the hunt of this claim, reading and seed was
  --restart             throw that hunt away and start again
  --seed <n>            keys every random stream (default: 1)
  --engine <name>       the training engine: wasm64, js64 or tfjs; default: wasm64
  --workers <n>         worker threads (default: one per core); changes no result
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --known <file>        expected verdicts (default: those of the package for its own claims, none for yours)
  --corpus <folder>     stored counterexamples (default: those of the package)
  --ledger <folder>     evidence that orders the readings (default: ${DEFAULT_LEDGER}, where there is one)
  --reports <folder>    where hunts and counterexamples go (default: reports)
  --json <file|->       what the hunts reached as JSON (falsum/hunts@1); with - to standard output
  --quiet               print nothing but errors

Exits 0, or 1 when a counterexample is found to a reading that is not expected to be refuted, or 2 when a claim's own
code throws, ends its thread or loops beyond the budget; its instance is stored, and the other hunts go on.
`;

const MOST_SEED = 2 ** 31 - 1;

interface Quarry {
  readonly loaded: LoadedClaim;
  readonly reading: string;
}

/** Hunts for counterexamples. */
export async function hunt(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('hunt', argv, {
    all: { type: 'boolean' },
    reading: { type: 'string', multiple: true },
    label: { type: 'string' },
    budget: { type: 'string' },
    evaluations: { type: 'string' },
    'keep-going': { type: 'boolean' },
    resume: { type: 'boolean' },
    restart: { type: 'boolean' },
    seed: { type: 'string' },
    engine: { type: 'string' },
    workers: { type: 'string' },
    properties: { type: 'string', multiple: true },
    known: { type: 'string' },
    corpus: { type: 'string' },
    ledger: { type: 'string' },
    reports: { type: 'string' },
  });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const all = values['all'] === true;
  const budgetMs = duration('budget', text(values, 'budget')) ?? Infinity;
  const evaluations =
    text(values, 'evaluations') === undefined
      ? Infinity
      : wholeNumber('evaluations', text(values, 'evaluations'), 0, 1, Number.MAX_SAFE_INTEGER);
  if (budgetMs === Infinity && evaluations === Infinity) {
    throw new UsageError('hunt: give a limit, --budget <time> or --evaluations <n>');
  }
  if (all === positionals.length > 0 || positionals.length > 1) {
    throw new UsageError('hunt: name one claim, or give --all');
  }
  if (values['resume'] === true && values['restart'] === true) {
    throw new UsageError('hunt: --resume and --restart exclude each other; give one');
  }
  const settings: HuntSettings = {
    seed: wholeNumber('seed', text(values, 'seed'), 1, 0, MOST_SEED),
    engine: engineOption(text(values, 'engine')),
    label: text(values, 'label') ?? null,
    evaluations,
    keepGoing: values['keep-going'] === true,
    // A nightly job goes on where the last one was.
    from: values['restart'] === true ? 'start' : values['resume'] === true || all ? 'last' : 'new',
    reports: resolve(text(values, 'reports') ?? 'reports'),
  };
  const workers = wholeNumber('workers', text(values, 'workers'), availableParallelism(), 1, 256);
  const { reports } = settings;
  const properties = (values['properties'] ?? []) as string[];
  const builtIn = properties.length === 0;
  const ledger = ledgerToRead(text(values, 'ledger'));
  checkJson(json);
  prepare(reports);
  const claims = await claimsFor(properties);
  const chosen = all ? claims : [selectOne(claims, positionals[0])];
  const readings = (values['reading'] ?? null) as string[] | null;
  if (readings !== null) checkReadings(chosen, readings);
  const knownFile =
    text(values, 'known') ??
    (builtIn ? join(PACKAGE_ROOT, 'fixtures', 'known-verdicts.json') : null);
  const known = knownFile === null ? {} : readKnownVerdicts(knownFile);
  const corpus = corpusFolder(text(values, 'corpus'), properties);

  const quarries = quarriesOf(chosen, readings, out);
  const leftOut = new LeftOut();
  const ordered =
    all || quarries.length > 1
      ? await byBoard(quarries, { reports, corpus, ledger, leftOut })
      : quarries;
  for (const line of leftOut.lines()) out.print(`${out.style('yellow', '!')} ${line}`);
  const starts = ordered.map((quarry) => startOf(quarry, settings));
  const crew = threadCrew(workers);
  const deadline = performance.now() + budgetMs;
  const states: HuntState[] = [];
  const faults: KeptFault[] = [];
  let surprises = 0;
  try {
    for (const [i, start] of starts.entries()) {
      const left = deadline - performance.now();
      if (left <= 0) break;
      const share = budgetMs === Infinity ? Infinity : left * shareOfTime(i + 1, starts.length);
      let state: HuntState;
      try {
        state = await one(ordered[i], start, settings, share, crew, out);
      } catch (error) {
        // The hunts of the others go on; this one's checkpoint is written.
        if (!(error instanceof FaultError)) throw error;
        const kept = keepFaults(reports, [error.fault], settings);
        faults.push(...kept);
        faultLines(kept).forEach(out.complain);
        continue;
      }
      states.push(state);
      const { claim, reading, kept } = state;
      const expected =
        expectationOf(known, claim, reading)?.admissible.nightly.includes('refuted') ?? false;
      if (kept.length > 0 && !expected) {
        surprises += 1;
        out.print(
          `${out.style('yellow', '!')} ${claim} ${reading}: a counterexample is found, and it is not expected to be refuted`,
        );
      }
    }
  } finally {
    await crew.close();
  }
  if (json !== undefined) {
    writeJson(json, {
      schema: 'falsum/hunts@1',
      seed: settings.seed,
      hunts: states.map((state) => ({
        claim: state.claim,
        reading: state.reading,
        version: state.version,
        engine: state.engine,
        label: state.label,
        evaluations: evaluationsOf(state),
        worstMargin: marginOf(state),
        suspects: state.suspects,
        counterexamples: state.kept.map(({ id, clause, grade, minimal, after }) => ({
          id,
          clause,
          grade,
          minimal,
          after,
        })),
        elapsedMs: Math.round(state.elapsedMs),
      })),
      faults: faults.map(faultJson),
    });
  }
  return exitCodeOf(faults, surprises > 0 ? EXIT.unexpected : EXIT.asExpected);
}

interface HuntSettings {
  readonly seed: number;
  readonly engine: EngineName;
  readonly label: string | null;
  readonly evaluations: number;
  readonly keepGoing: boolean;
  /** Whether a hunt that is there is gone on with, thrown away, or in the way. */
  readonly from: 'last' | 'start' | 'new';
  readonly reports: string;
}

/** The readings to hunt. What hunting cannot do is said. @throws UsageError when nothing is left */
function quarriesOf(
  chosen: readonly LoadedClaim[],
  readings: readonly string[] | null,
  out: Terminal,
): Quarry[] {
  const wanted = chosen.flatMap((loaded) =>
    Object.entries(loaded.claim.readings)
      .filter(([reading]) => readings === null || readings.includes(reading))
      .map(([reading, { kind }]) => ({ loaded, reading, kind, hunting: huntingOf(kind) })),
  );
  const quarries = wanted.filter(({ hunting }) => hunting.does !== 'nothing');
  const [first] = wanted;
  if (quarries.length === 0) {
    throw new UsageError(
      `hunt: ${first.loaded.claim.id} ${first.reading} is a reading of kind ${first.kind}: ${first.hunting.why}`,
    );
  }
  for (const { loaded, reading, kind, hunting } of wanted) {
    if (hunting.does === 'refutes') continue;
    const line = `${loaded.claim.id} ${reading} (${kind}): ${hunting.why}`;
    out.print(out.style('dim', line));
  }
  return quarries;
}

async function byBoard(quarries: readonly Quarry[], places: Places): Promise<Quarry[]> {
  const claims = [...new Set(quarries.map(({ loaded }) => loaded))];
  const rows = rankReadings(claims, await allReached(claims, places));
  const rankOf = ({ loaded, reading }: Quarry): number =>
    rows.find((row) => row.claim === loaded.claim.id && row.reading === reading)?.rank ?? Infinity;
  const open = quarries.filter(
    ({ loaded, reading }) =>
      rows.find((row) => row.claim === loaded.claim.id && row.reading === reading)?.status ===
      'open',
  );
  // Time goes to readings that stand; where all are refuted, to them.
  return (open.length > 0 ? open : [...quarries]).toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Where a hunt starts. @throws InputError when one is in the way or cannot be gone on with */
function startOf({ loaded, reading }: Quarry, settings: HuntSettings): HuntState {
  const { claim } = loaded;
  const { seed, engine, label, reports, from } = settings;
  const { sampled } = claim.readings[reading].coverage;
  if (label !== null && !Object.hasOwn(sampled, label)) {
    throw new UsageError(
      `--label: ${claim.id} ${reading} has no label "${label}"; it has ${Object.keys(sampled).join(', ')}`,
    );
  }
  const { attack } = effortOf(claim.readings[reading], 'ci');
  const target = { reading, engine, attack, seed, label };
  const file = checkpointFile(reports, { claim: claim.id, ...target });
  const last = from === 'start' ? null : readCheckpoint(file);
  if (last === null) return newHunt(claim, target);
  if (from === 'new') {
    throw new InputError(
      `${file}: ${claim.id} ${reading} was hunted with seed ${seed} already (${evaluationsOf(last).toLocaleString('en')} evaluations); go on with --resume, take another --seed, or --restart`,
    );
  }
  const other = mismatch(last, claim, target);
  if (other !== null) {
    throw new InputError(
      `${file}: the hunt cannot go on: ${other}; take another --seed, or --restart`,
    );
  }
  checkKept(file, last, join(reports, 'found'));
  return last;
}

async function one(
  { loaded, reading }: Quarry,
  start: HuntState,
  { evaluations, keepGoing, reports }: HuntSettings,
  budgetMs: number,
  crew: Crew,
  out: Terminal,
): Promise<HuntState> {
  const { claim } = loaded;
  const done = evaluationsOf(start);
  const goingOn = done === 0 ? '' : `, going on after ${done.toLocaleString('en')} evaluations`;
  const label = start.label === null ? '' : `, ${start.label}`;
  out.print(
    `${out.style('bold', `${claim.catalogue === null ? '' : `${claim.catalogue}  `}${claim.id} ${reading}`)}  ${out.style('dim', `seed ${start.seed}${label}${goingOn}`)}`,
  );
  const found = join(reports, 'found');
  const checkpoint = checkpointFile(reports, start);
  const { state, end } = await huntReading({
    loaded,
    start,
    limits: { evaluations, budgetMs, keepGoing },
    found,
    checkpoint,
    crew,
    onProgress: (progress) =>
      out.status(
        progressText(`${claim.catalogue ?? claim.id} ${reading}`, progress, {
          evaluations,
          budgetMs,
        }),
      ),
    onFind: (find) => out.print(`  found ${find.id}: ${find.grade}, clause “${find.clause}”`),
    onSave(save) {
      onInterrupt(() => {
        save();
        out.clearStatus();
        return `interrupted; the hunt is kept in ${checkpoint}, go on with --resume`;
      });
    },
  });
  for (const line of findText(state, found, out)) out.print(line);
  out.print(`  ${endText(state, end, done)}`);
  return state;
}

/** Makes the folders, proves that they can be written, and locks them. @throws InputError */
function prepare(reports: string): void {
  const hunts = join(reports, 'hunts');
  ensureFolder(reports, REPORTS_MEND);
  ensureFolder(join(reports, 'found'), REPORTS_MEND);
  ensureFolder(hunts, REPORTS_MEND);
  lockFolder(hunts);
}
