import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { randomSource } from '../../../src/math/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { InputError } from '../../../src/model/index.js';
import type { HostileKind } from './kinds.js';
import { KINDS } from './kinds.js';
import { changedBytes, changedTree, oneOf } from './mutate.js';

/** What became of the hostile files of one kind. */
export interface KindReport {
  readonly kind: string;
  readonly files: number;
  /** Refused with one line. */
  readonly refused: number;
  /** Read: what was changed says nothing that is believed, or nothing false. */
  readonly read: number;
  readonly slowestMs: number;
}

export interface FuzzReport {
  readonly kinds: readonly KindReport[];
  /** What must not be: a crash, a message of several lines, something believed, executed or lost. */
  readonly failures: readonly string[];
}

/**
 * Has hostile files read back, of every kind in turn: cut, flipped, forged with the right ids, folders, links in circles.
 * Each must be refused with an InputError of one line, or read without harm; nothing outside its folder may change.
 *
 * @param folder a folder that is emptied
 */
export async function fuzzFiles(
  folder: string,
  files: number,
  seed: number,
  onFile: (done: number) => void = () => {},
): Promise<FuzzReport> {
  rmSync(folder, { recursive: true, force: true });
  const victim = join(folder, 'victim.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(victim, 'precious');
  const reports = KINDS.map(({ name }) => ({
    kind: name,
    files: 0,
    refused: 0,
    read: 0,
    slowestMs: 0,
  }));
  const failures: string[] = [];
  for (let done = 0; done < files; done += 1) {
    const at = done % KINDS.length;
    const report = reports[at];
    const place = join(folder, 'in', 'a', 'room');
    rmSync(join(folder, 'in'), { recursive: true, force: true });
    const random = randomSource('hostile', seed, done);
    const file = plant(random, KINDS[at], place);
    const began = performance.now();
    const problem = await outcomeOf(KINDS[at], place, file, report);
    report.files += 1;
    report.slowestMs = Math.max(report.slowestMs, Math.round(performance.now() - began));
    if (problem !== null) failures.push(`${report.kind}, file ${done}: ${problem}`);
    if ('polluted' in {}) failures.push(`${report.kind}, file ${done}: polluted every object`);
    if (readFileSync(victim, 'utf8') !== 'precious' || readdirSync(folder).length !== 2) {
      failures.push(`${report.kind}, file ${done}: changed what lies outside its folder`);
      break;
    }
    onFile(done + 1);
  }
  rmSync(folder, { recursive: true, force: true });
  return { kinds: reports, failures };
}

async function outcomeOf(
  kind: HostileKind,
  place: string,
  file: string,
  report: { refused: number; read: number },
): Promise<string | null> {
  try {
    await kind.read(place, file);
    report.read += 1;
    return null;
  } catch (error) {
    if (!(error instanceof InputError)) {
      return `threw ${(error as Error).stack?.split('\n').slice(0, 3).join(' ') ?? String(error)}`;
    }
    report.refused += 1;
    const { message } = error;
    return /[\n\r]/.test(message) || message.length > 4000
      ? `says ${JSON.stringify(message.slice(0, 200))}`
      : null;
  }
}

/** Puts one hostile file of a kind into a fresh folder. */
function plant(random: RandomSource, kind: HostileKind, folder: string): string {
  const file = join(folder, kind.place);
  mkdirSync(dirname(file), { recursive: true });
  const sample = oneOf(random, kind.samples);
  const share = random.uniform();
  if (share < 0.02) {
    special(random, file);
  } else if (share < 0.2) {
    writeFileSync(file, changedBytes(random, sample));
  } else if (kind.lines === true) {
    writeFileSync(file, changedLines(random, kind, sample));
  } else {
    const { text, place } = forged(random, kind, changedTree(random, JSON.parse(sample)));
    const there = place === undefined ? file : join(folder, place);
    mkdirSync(dirname(there), { recursive: true });
    writeFileSync(there, text);
    return there;
  }
  return file;
}

function changedLines(random: RandomSource, kind: HostileKind, sample: string): string {
  const lines = sample.trimEnd().split('\n');
  const at = random.integer(lines.length);
  const { text } = forged(random, kind, changedTree(random, JSON.parse(lines[at])));
  return `${lines.with(at, text).join('\n')}\n`;
}

/** Half of what is changed gets the id that belongs to it. */
function forged(random: RandomSource, kind: HostileKind, text: string) {
  if (kind.reseal === undefined || random.uniform() < 0.5) return { text };
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    const { place } = kind.reseal(json);
    return { text: JSON.stringify(json), ...(place === undefined ? {} : { place }) };
  } catch {
    return { text };
  }
}

function special(random: RandomSource, file: string): void {
  switch (random.integer(4)) {
    case 0:
      mkdirSync(file);
      break;
    case 1:
      symlinkSync(file, file);
      break;
    case 2:
      symlinkSync(join(dirname(file), 'nowhere'), file);
      break;
    default:
      symlinkSync('/dev/zero', file);
  }
  lstatSync(file);
}
