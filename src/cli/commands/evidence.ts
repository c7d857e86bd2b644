import { resolve } from 'node:path';
import type { EvidenceStore } from '../../evidence/index.js';
import {
  addAll,
  allBatches,
  exportText,
  folderStore,
  lineKey,
  readExport,
} from '../../evidence/index.js';
import { sharpnessPhrase } from '../../claims/index.js';
import { writeAtomically } from '../../files/index.js';
import { summariseLine } from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { lineText, unionBound } from '../evidence-text.js';
import { DEFAULT_LEDGER, LeftOut, mustExist } from '../ledger.js';
import type { OptionValues } from '../options.js';
import { parse, text } from '../options.js';
import { claimsFor, select } from '../select.js';
import type { Terminal } from '../terminal.js';
import { terminal } from '../terminal.js';
import { checkJson, lastResults, writeJson } from './list.js';

export const EVIDENCE_HELP = `falsum evidence [claim…]
falsum evidence export <file> | import <file…> | merge <folder…>

What has accumulated in the ledger, by reading: e-value, confidence sequence of the violation rate, effort,
worst margin, implied constants, and the runs that it comes from. A line of evidence belongs to one version
of a claim and one law of its draws; float32 evidence stands apart.

  claim                 claim ids or catalogue ids; * stands for any text (default: all in the ledger)
  export <file>         writes everything into one file (JSON lines), to be carried elsewhere
  import <file…>        adds exported files; what is there already counts once
  merge <folder…>       adds other ledgers
  --ledger <folder>     the ledger (default: ${DEFAULT_LEDGER})
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where the last run wrote its sharpness (default: reports)
  --json <file|->       the evidence as JSON; with - to standard output
  --quiet               print nothing but errors

Import and merge add everything or, where a file is broken or two batches hold one trial with different
content, nothing.
`;

type Action = (
  store: EvidenceStore,
  names: readonly string[],
  out: Terminal,
  leftOut: LeftOut,
) => Promise<unknown>;

const ACTIONS: Readonly<Record<string, Action>> = {
  export: exportTo,
  import: importFrom,
  merge: mergeFrom,
};

/** Shows, exports and merges evidence. */
export async function evidence(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('evidence', argv, {
    ledger: { type: 'string' },
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
  });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const leftOut = new LeftOut();
  const store = folderStore(resolve(text(values, 'ledger') ?? DEFAULT_LEDGER), leftOut.note);
  checkJson(json);
  const [first, ...rest] = positionals;
  const action = first !== undefined && Object.hasOwn(ACTIONS, first) ? ACTIONS[first] : null;
  const result =
    action === null
      ? await show(store, positionals, values, out)
      : await action(store, rest, out, leftOut);
  for (const line of leftOut.lines()) out.print(`${out.style('yellow', '!')} ${line}`);
  if (json !== undefined) writeJson(json, result);
  return EXIT.asExpected;
}

async function show(
  store: EvidenceStore,
  patterns: readonly string[],
  values: OptionValues,
  out: Terminal,
): Promise<unknown> {
  mustExist(store.name, '--ledger');
  const properties = (values['properties'] ?? []) as string[];
  const reports = text(values, 'reports') ?? 'reports';
  const loaded = await claimsFor(properties);
  const last = lastResults(reports);
  const lines = await store.lines();
  // The claim of a pattern may be gone while its evidence is not.
  const named = patterns.filter((pattern) => lines.some(({ claim }) => claim === pattern));
  const chosen = new Set(named);
  const others = patterns.filter((pattern) => !chosen.has(pattern));
  for (const { claim } of others.length > 0 ? select(loaded, others) : []) chosen.add(claim.id);
  const wanted = patterns.length === 0 ? lines : lines.filter(({ claim }) => chosen.has(claim));
  const summaries = [];
  for (const line of wanted) {
    const claim = loaded.find((entry) => entry.claim.id === line.claim)?.claim ?? null;
    const summary = summariseLine(claim, line, await store.batches(line));
    const factor = last.get(`${line.claim} ${line.reading}`)?.sharpness ?? null;
    const sharpness = summary.stale === null ? sharpnessPhrase({ factor }) : null;
    summaries.push({ summary, factor: sharpness === null ? null : factor, sharpness });
  }
  if (summaries.length === 0)
    out.print(
      `${store.name}: no evidence${patterns.length === 0 ? '' : ` of ${patterns.join(', ')}`} yet`,
    );
  let heading = '';
  for (const { summary, sharpness } of summaries) {
    if (summary.claim !== heading) {
      if (heading !== '') out.print();
      heading = summary.claim;
      out.print(out.style('bold', heading));
    }
    for (const line of lineText(summary, sharpness)) out.print(line);
  }
  const bound = unionBound(summaries.map(({ summary }) => summary.kind));
  if (bound !== null) out.print(`\n${bound}`);
  return {
    schema: 'falsum/evidence-summary@1',
    lines: summaries.map(({ summary, factor }) => ({ ...summary, sharpness: factor })),
  };
}

async function exportTo(
  store: EvidenceStore,
  names: readonly string[],
  out: Terminal,
): Promise<unknown> {
  if (names.length !== 1) throw new UsageError('evidence export: name one file to write');
  mustExist(store.name, '--ledger');
  const batches = await allBatches(store);
  writeAtomically(resolve(names[0]), exportText(batches));
  out.print(`${count(batches.length)} of ${lines(batches.map(lineKey))} written to ${names[0]}`);
  return { batches: batches.length };
}

async function importFrom(
  store: EvidenceStore,
  names: readonly string[],
  out: Terminal,
): Promise<unknown> {
  if (names.length === 0) throw new UsageError('evidence import: name the files to add');
  return add(
    store,
    names.map((name) => ({ name, batches: readExport(name) })),
    out,
  );
}

async function mergeFrom(
  store: EvidenceStore,
  names: readonly string[],
  out: Terminal,
  leftOut: LeftOut,
): Promise<unknown> {
  if (names.length === 0) throw new UsageError('evidence merge: name the folders to add');
  const sources = [];
  for (const name of names) {
    mustExist(name, 'evidence merge');
    sources.push({ name, batches: await allBatches(folderStore(resolve(name), leftOut.note)) });
  }
  return add(store, sources, out);
}

async function add(
  store: EvidenceStore,
  sources: Parameters<typeof addAll>[1],
  out: Terminal,
): Promise<unknown> {
  const result = await addAll(store, sources);
  out.print(
    `${count(result.added)} added to ${store.name}, ${result.present} there already (counted once)`,
  );
  return result;
}

function count(batches: number): string {
  return `${batches} batch${batches === 1 ? '' : 'es'}`;
}

function lines(keys: readonly string[]): string {
  const { size } = new Set(keys);
  return `${size} line${size === 1 ? '' : 's'}`;
}
