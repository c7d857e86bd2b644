import { join, resolve } from 'node:path';
import { checkFolder, exists } from '../../files/index.js';
import { checkCorpus } from '../../hunting/index.js';
import type { BoardRow } from '../../running/index.js';
import { PACKAGE_ROOT, rankReadings } from '../../running/index.js';
import { EXIT } from '../errors.js';
import { DEFAULT_LEDGER, LeftOut, ledgerToRead } from '../ledger.js';
import { parse, text } from '../options.js';
import { allReached } from '../reached.js';
import { claimsFor, select } from '../select.js';
import { terminal } from '../terminal.js';
import { checkJson, writeJson } from './list.js';

export const BOARD_HELP = `falsum board [pattern…]

Ranks readings by the smallest margin that verdicts, the ledger and hunts reached, then by effort spent: those
nearest to failing first, and among equals those least tried. "falsum hunt --all" divides its time by this order.

  pattern               claim ids or catalogue ids; * stands for any text (SL-*, song2022/*)
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where verdicts, hunts and found counterexamples are (default: reports)
  --corpus <folder>     stored counterexamples (default: those of the package)
  --ledger <folder>     accumulated evidence (default: ${DEFAULT_LEDGER}, where there is one)
  --json <file|->       the board as JSON (falsum/board@1); with - to standard output
  --quiet               print nothing but errors
`;

/** Shows the board. */
export async function board(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('board', argv, {
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
    corpus: { type: 'string' },
    ledger: { type: 'string' },
  });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  checkJson(json);
  const ledger = ledgerToRead(text(values, 'ledger'));
  const reports = resolve(text(values, 'reports') ?? 'reports');
  const properties = (values['properties'] ?? []) as string[];
  const loaded = await claimsFor(properties);
  const claims = select(loaded, positionals);
  const corpus = corpusFolder(text(values, 'corpus'), properties);
  const leftOut = new LeftOut();
  const places = { reports, corpus, ledger, leftOut };
  const rows = rankReadings(claims, await allReached(claims, places));
  for (const line of boardTable(rows, out.columns)) out.print(line);
  for (const line of leftOut.lines()) out.print(`${out.style('yellow', '!')} ${line}`);
  if (json !== undefined) writeJson(json, { schema: 'falsum/board@1', rows });
  return EXIT.asExpected;
}

/**
 * The corpus that a command means: the package's for its own claims, the user's for theirs. Only the default folder may
 * be absent, and a named one where it is made.
 *
 * @throws InputError when a part of it cannot be read or would be passed over
 */
export function corpusFolder(
  named: string | undefined,
  properties: readonly string[],
  absent: 'error' | 'empty' = 'error',
): string {
  if (named !== undefined && (absent === 'error' || exists(named))) {
    checkFolder(named, '--corpus', 'name one that is there, or mend it');
  }
  const folder = resolve(
    named ??
      (properties.length === 0
        ? join(PACKAGE_ROOT, 'fixtures', 'counterexamples')
        : 'counterexamples'),
  );
  checkCorpus(folder);
  return folder;
}

const WORDS = { open: '', refuted: 'refuted', 'not-hunted': 'cannot be hunted' } as const;

/** The rows in columns; the kind is left out where it does not fit. */
function boardTable(rows: readonly BoardRow[], columns: number): string[] {
  const cells = rows.map(({ rank, claim, catalogue, reading, kind, status, margin, effort }) => [
    String(rank),
    catalogue ?? claim,
    reading,
    kind,
    margin === null ? '–' : margin.toPrecision(3),
    effort.toLocaleString('en'),
    WORDS[status],
  ]);
  const heading = ['', 'claim', 'reading', 'kind', 'margin', 'effort', ''];
  const widths = heading.map((title, i) =>
    Math.max(title.length, ...cells.map((row) => row[i].length)),
  );
  const right = new Set([0, 4, 5]);
  const all = widths.reduce((sum, width) => sum + width + 2, -2);
  const shown = all > columns ? [0, 1, 2, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6];
  return [heading, ...cells].map((row) =>
    shown
      .map((i) => (right.has(i) ? row[i].padStart(widths[i]) : row[i].padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}
