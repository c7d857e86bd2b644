import type { AnyReading, Effort } from '../../claims/index.js';
import { growthPhrase, sharpnessPhrase } from '../../claims/index.js';
import { storedCounterexamples } from '../../hunting/index.js';
import { effortOf } from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { PROFILES, parse, text } from '../options.js';
import { claimsFor, selectOne } from '../select.js';
import { terminal } from '../terminal.js';
import { corpusFolder } from './board.js';
import { lastResults, writeJson } from './list.js';

export const SHOW_HELP = `falsum show <claim>

One claim: statement, readings with assumptions, law, coverage and controls, last verdicts, and the
stored counterexamples.

  claim                 a claim id or catalogue id
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where the last verdicts are (default: reports)
  --corpus <folder>     stored counterexamples (default: those of the package)
  --json <file|->       the same as JSON; with - to standard output
`;

/** Shows one claim. */
export async function show(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('show', argv, {
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
    corpus: { type: 'string' },
  });
  if (positionals.length !== 1)
    throw new UsageError('show: name one claim; "falsum list" shows all');
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const reports = text(values, 'reports') ?? 'reports';
  const properties = (values['properties'] ?? []) as string[];
  const corpus = corpusFolder(text(values, 'corpus'), properties);
  const { claim } = selectOne(await claimsFor(properties), positionals[0]);
  const last = lastResults(reports);
  out.print(`${out.style('bold', claim.title)}`);
  out.print(
    `${claim.id}, version ${claim.version}${claim.catalogue ? `, ${claim.catalogue}` : ''}`,
  );
  out.print(`${claim.standing}, [${claim.source.key}], ${claim.source.place}`);
  out.print();
  for (const line of claim.statement.trim().split('\n')) out.print(line.trim());
  const readings = Object.entries(claim.readings).map(([id, reading]) => ({
    reading: id,
    ...describe(reading),
    verdict: last.get(`${claim.id} ${id}`)?.verdict ?? null,
    sharpness: last.get(`${claim.id} ${id}`)?.sharpness ?? null,
    sharpnessReason: last.get(`${claim.id} ${id}`)?.sharpnessReason ?? null,
    growth: (last.get(`${claim.id} ${id}`)?.growth ?? []).map(growthPhrase),
    counterexamples: storedCounterexamples(corpus, claim.id, id).map((c) => ({
      id: c.id,
      grade: c.grade,
      clause: c.clause,
    })),
  }));
  for (const reading of readings) {
    out.print();
    out.print(
      `${out.style('bold', reading.reading)}  ${reading.kind}${reading.verdict ? `  last verdict: ${reading.verdict}` : ''}`,
    );
    out.print(`  ${reading.note}`);
    if (reading.bound) out.print(`  bound: ${reading.bound}`);
    const sharpness = sharpnessPhrase({ factor: reading.sharpness }) ?? reading.sharpnessReason;
    if (sharpness !== null) out.print(`  sharpness: ${sharpness}`);
    for (const line of reading.growth) out.print(`  ${line}`);
    for (const [path, why] of Object.entries(reading.decides)) {
      out.print(`  decides: ${path} (${why})`);
    }
    for (const { name, tex } of reading.assumptions) out.print(`  assumes ${name}: ${tex}`);
    out.print(`  law: ${reading.law}`);
    for (const line of effortLines(reading.effort)) out.print(`  ${line}`);
    for (const [label, why] of Object.entries(reading.unsampled)) {
      out.print(`  not sampled: ${label} (${why})`);
    }
    for (const control of reading.controls) {
      out.print(
        `  control ${control.name}: ${control.statement} False because ${control.argument}`,
      );
    }
    for (const { id, grade, clause } of reading.counterexamples) {
      out.print(`  counterexample ${id} (${grade}): ${clause}`);
    }
  }
  if (json !== undefined) {
    const { id, version, catalogue, title, standing, statement, source } = claim;
    writeJson(json, {
      claim: id,
      version,
      catalogue,
      title,
      standing,
      statement,
      source,
      readings,
    });
  }
  return EXIT.asExpected;
}

/** What each profile spends, in counts. */
function effortLines(effort: Readonly<Record<string, Effort>>): string[] {
  return Object.entries(effort).map(
    ([profile, { trials, minimumEffective, searches, attack }]) =>
      `effort in ${profile}: ${trials} trials, of which ${minimumEffective} must be effective; ${searches} draws of the search; attack ${attack}`,
  );
}

function describe(reading: AnyReading) {
  return {
    kind: reading.kind,
    note: reading.note,
    bound: reading.bound ?? null,
    assumptions: reading.assumptions.map(({ name, tex }) => ({ name, tex })),
    law: reading.instances.law,
    effort: Object.fromEntries(PROFILES.map((profile) => [profile, effortOf(reading, profile)])),
    sampled: reading.coverage.sampled,
    unsampled: reading.coverage.unsampled ?? {},
    decides:
      reading.kind === 'scaling'
        ? Object.fromEntries(
            Object.entries(reading.decides ?? {}).map(([path, { why }]) => [path, why]),
          )
        : {},
    controls: Object.entries(reading.controls).map(([name, { statement, argument }]) => ({
      name,
      statement,
      argument,
    })),
  };
}
