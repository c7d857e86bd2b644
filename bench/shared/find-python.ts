import { spawnSync } from 'node:child_process';
import { BenchError } from './errors.js';

/** Where a Python is looked for when none is given: the one on PATH, then the system's. */
const USUAL = ['python3', '/usr/bin/python3'];

/** A Python that has what a peer needs. */
export interface FoundPython {
  readonly python: string;
  readonly numpyVersion: string;
}

/** How Python was asked; tests replace it. */
export type Probe = (
  python: string,
  modules: readonly string[],
) => { readonly starts: boolean; readonly numpyVersion: string | null };

/**
 * The Pythons that may hold a peer's modules: the given one alone, else the usual ones.
 *
 * @throws BenchError when the given one cannot be started
 */
export function pythonCandidates(
  given: string | undefined,
  probe: Probe = probePython,
): readonly string[] {
  if (given === undefined) return USUAL;
  if (!probe(given, []).starts) {
    throw new BenchError(
      `--python ${given}: cannot be started as a Python 3; give the path of its executable`,
    );
  }
  return [given];
}

/** The first candidate that has all modules; null when none has. */
export function findPython(
  candidates: readonly string[],
  modules: readonly string[],
  probe: Probe = probePython,
): FoundPython | null {
  for (const python of candidates) {
    const { numpyVersion } = probe(python, ['numpy', ...modules]);
    if (numpyVersion !== null) return { python, numpyVersion };
  }
  return null;
}

/** Imports the modules in a Python. */
function probePython(python: string, modules: readonly string[]): ReturnType<Probe> {
  const script = [
    'import sys',
    'assert sys.version_info >= (3,)',
    ...modules.map((name) => `import ${name}`),
    `print("found", ${modules.includes('numpy') ? 'numpy.__version__' : '""'})`,
  ].join('\n');
  const { stdout, status } = spawnSync(python, ['-c', script], {
    encoding: 'utf8',
    timeout: 600_000,
  });
  const starts = status === 0;
  // What a site's start-up prints comes first.
  const version = starts ? (stdout.trim().split('\n').at(-1)?.split(' ')[1] ?? null) : null;
  return { starts, numpyVersion: version };
}
