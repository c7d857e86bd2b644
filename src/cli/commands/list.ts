import { closeSync, openSync, writeFileSync } from 'node:fs';
import { inWords } from '../../files/index.js';
import { lastRun } from '../last-run.js';
import type { GrowthLine } from '../../claims/index.js';
import { parse, text } from '../options.js';
import { claimsFor, select } from '../select.js';
import { storedGrowth } from '../stored-growth.js';
import { terminal, writeToStdout } from '../terminal.js';
import { EXIT } from '../errors.js';

export const LIST_HELP = `falsum list [pattern…]

The claims with catalogue id, standing, readings and kinds, and their last verdicts.

  pattern               claim ids or catalogue ids; * stands for any text (SL-*, song2022/*)
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where the last verdicts are (default: reports)
  --json <file|->       the list as JSON; with - to standard output
`;

/** Lists claims. */
export async function list(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('list', argv, {
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
  });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const reports = text(values, 'reports') ?? 'reports';
  const properties = (values['properties'] ?? []) as string[];
  const claims = select(await claimsFor(properties), positionals);
  const last = lastResults(reports);
  const rows = claims.map(({ claim }) => ({
    claim: claim.id,
    catalogue: claim.catalogue,
    title: claim.title,
    standing: claim.standing,
    readings: Object.entries(claim.readings).map(([reading, { kind }]) => ({
      reading,
      kind,
      verdict: last.get(`${claim.id} ${reading}`)?.verdict ?? null,
    })),
  }));
  for (const row of rows) {
    out.print(
      `${out.style('bold', row.claim)}  ${out.style('dim', `${row.catalogue ?? ''} ${row.standing}`.trim())}`,
    );
    out.print(`  ${row.title}`);
    for (const { reading, kind, verdict } of row.readings) {
      out.print(`  ${reading.padEnd(28)} ${kind.padEnd(12)} ${verdict ?? ''}`.trimEnd());
    }
  }
  if (json !== undefined) writeJson(json, rows);
  return EXIT.asExpected;
}

const JSON_MEND = 'choose another place';

/** Writes JSON to a file, or to standard output for "-". */
export function writeJson(target: string, value: unknown): void {
  const content = `${JSON.stringify(value, null, 2)}\n`;
  if (target === '-') {
    writeToStdout(content);
    return;
  }
  try {
    writeFileSync(target, content);
  } catch (error) {
    throw inWords(`--json ${target}`, 'written', error, JSON_MEND);
  }
}

/** Proves that JSON can be written before any work is done. @throws InputError */
export function checkJson(target: string | undefined): void {
  if (target === undefined || target === '-') return;
  try {
    closeSync(openSync(target, 'a'));
  } catch (error) {
    throw inWords(`--json ${target}`, 'written', error, JSON_MEND);
  }
}

/** What the last run said of a reading. */
interface Shown {
  readonly verdict: string;
  readonly sharpness: number | null;
  readonly sharpnessReason: string | null;
  readonly growth: readonly GrowthLine[];
}

/** The results of the last run, by "claim reading"; empty when there are none. @throws InputError when they are broken */
export function lastResults(reports: string): Map<string, Shown> {
  const results = lastRun(reports)?.results ?? [];
  return new Map(
    results.map(
      ({ claim, reading, verdict, sharpness = null, sharpnessReason = null, ...rest }) => [
        `${claim} ${reading}`,
        // Infinities are written as text.
        {
          verdict,
          sharpness: sharpness === null ? null : Number(sharpness),
          sharpnessReason,
          growth: storedGrowth(rest),
        },
      ],
    ),
  );
}
