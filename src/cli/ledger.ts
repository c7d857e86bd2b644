import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import type { Profile } from '../claims/index.js';
import { folderStore } from '../evidence/index.js';
import { checkFolder, exists, oneLine } from '../files/index.js';
import type { LedgerSettings, LoadedClaim } from '../running/index.js';
import { FALSUM_VERSION } from '../running/index.js';
import { UsageError } from './errors.js';
import { unionBound } from './evidence-text.js';
import type { Comparison } from './expectations.js';
import type { OptionValues } from './options.js';
import { text } from './options.js';

/** What a ledger holds and counts for nothing, since no trials can have left it: each thing once. */
export class LeftOut {
  readonly #seen = new Map<string, string>();

  readonly note = (path: string, why: string): void => {
    this.#seen.set(path, why);
  };

  /** One line each. */
  lines(): string[] {
    return [...this.#seen].map(
      ([path, why]) => `${oneLine(path)}: left out of all evidence: ${why}; remove it`,
    );
  }
}

/**
 * What the ledger of a run leaves out of the evidence of some claims.
 *
 * @throws InputError when the ledger is broken there
 */
export async function leftOutOf(
  { folder }: LedgerSettings,
  claims: readonly LoadedClaim[],
): Promise<string[]> {
  const leftOut = new LeftOut();
  const store = folderStore(folder, leftOut.note);
  for (const line of await store.lines()) {
    const own = claims.some(
      ({ claim }) => claim.id === line.claim && claim.version === line.version,
    );
    if (own) await store.batches(line);
  }
  return leftOut.lines();
}

/** Where evidence accumulates unless --ledger says otherwise. */
export const DEFAULT_LEDGER = 'ledger';

/** Whether and where a run adds its evidence: the nightly profile does, the others when told. */
export function ledgerOption(
  values: OptionValues,
  profile: Profile,
  startedAt: string,
): LedgerSettings | null {
  const folder = text(values, 'ledger');
  const off = values['no-ledger'] === true;
  if (off && folder !== undefined) {
    throw new UsageError('--ledger and --no-ledger contradict one another; give one of them');
  }
  if (off || (folder === undefined && profile !== 'nightly')) return null;
  return {
    folder: resolve(folder ?? DEFAULT_LEDGER),
    origin: { falsum: FALSUM_VERSION, commit: commitHere(), startedAt, profile },
  };
}

/** @throws InputError when a folder is not there */
export function mustExist(folder: string, option: string): void {
  checkFolder(
    folder,
    option,
    '"falsum falsify --ledger <folder>" makes a ledger, and so does the nightly profile',
  );
}

/**
 * The ledger that a command reads beside other things: the named one, or the default one where there is one.
 *
 * @throws InputError when the named one is not there, or the default one is no folder that can be read
 */
export function ledgerToRead(named: string | undefined): string | null {
  if (named !== undefined) {
    mustExist(named, '--ledger');
    return resolve(named);
  }
  if (!exists(DEFAULT_LEDGER)) return null;
  mustExist(DEFAULT_LEDGER, '--ledger');
  return resolve(DEFAULT_LEDGER);
}

/** The commit of the repository that the command runs in; null where there is none. */
function commitHere(): string | null {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const commit = status === 0 ? stdout.trim() : '';
  return /^[0-9a-f]{7,64}$/.test(commit) ? commit : null;
}

/** Where a run's evidence went, and how the run is repeated. */
export function ledgerLines(
  comparisons: readonly Comparison[],
  { folder }: LedgerSettings,
  seed: number,
): string[] {
  const firsts = new Set(
    comparisons
      .flatMap(({ outcome }) => outcome.evidence?.ranges.slice(0, 1) ?? [])
      .map((r) => r.from),
  );
  const repeat =
    firsts.size === 1
      ? `repeat this run with --seed ${seed} --from ${[...firsts].join('')}`
      : 'the trials of each reading are in "falsum evidence"';
  const bound = unionBound(comparisons.map(({ outcome }) => outcome.kind));
  return [
    `evidence added to ${relative('', folder) || '.'}; ${repeat}`,
    ...(bound === null ? [] : [bound]),
  ];
}
