import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';
import type { Claim } from '../claims/index.js';
import { claim as checked } from '../claims/index.js';
import { InputError } from '../hunting/index.js';
import { compileClaim } from './compile-claim.js';
import type { LoadTask } from './load-task.js';
import { claimThread } from './thread/index.js';
import { PACKAGE_ROOT } from './version.js';

/** A claim with the module that Node can import it from. */
export interface LoadedClaim {
  readonly claim: Claim;
  /** What the user calls the file. */
  readonly file: string;
  /** The file: URL of a module that Node imports as it is. */
  readonly module: string;
}

/** The folder of compiled claims that comes with the package. */
const BUILT_IN = fileURLToPath(new URL('../../properties/', import.meta.url));

/** The claims that come with the package, by id. */
export async function loadBuiltInClaims(): Promise<LoadedClaim[]> {
  const files = globSync('**/*.property.js', { cwd: BUILT_IN, absolute: true }).toSorted();
  return byId(
    await Promise.all(
      files.map(async (file) =>
        loadModule(relative(process.cwd(), file), pathToFileURL(file).href),
      ),
    ),
  );
}

/**
 * The claims of a user's own files, TypeScript or JavaScript.
 *
 * @param patterns glob patterns or file names, relative to `cwd`
 * @throws InputError when a pattern matches nothing or a file cannot be loaded; names file and line
 */
export async function loadUserClaims(
  patterns: readonly string[],
  cwd: string,
): Promise<LoadedClaim[]> {
  const files = patterns.flatMap((pattern) => {
    const direct = resolve(cwd, pattern);
    const matches = existsSync(direct)
      ? [direct]
      : globSync(pattern, { cwd, absolute: true }).toSorted();
    if (matches.length === 0) {
      throw new InputError(`--properties ${pattern}: matches no file in ${cwd}`);
    }
    return matches;
  });
  const modules: { readonly name: string; readonly module: string }[] = [];
  const compiled = new Set<string>();
  const folder = compiledFolder();
  for (const file of new Set(files)) {
    const name = relative(cwd, file) || file;
    modules.push({ name, module: await compileClaim(file, folder, compiled) });
  }
  await tryAlone(modules);
  const loaded: LoadedClaim[] = [];
  for (const { name, module } of modules) loaded.push(await loadModule(name, module));
  return byId(loaded);
}

/** Milliseconds that importing one claim file may take. */
const LOADING = 60_000;

/**
 * Imports the modules in a thread apart first: one that loops, waits for ever, ends the process or changes what all
 * objects inherit would take this thread with it, and nobody could interrupt it.
 *
 * @param limit milliseconds for each of them
 * @throws InputError when one cannot be imported; names file and line
 */
export async function tryAlone(
  modules: readonly { readonly name: string; readonly module: string }[],
  limit = LOADING,
): Promise<void> {
  const thread = claimThread();
  try {
    for (const { name, module } of modules) {
      const task: LoadTask = { kind: 'load', module };
      const answer = await thread.run<null>(task, { limit });
      if ('result' in answer) continue;
      const { name: kind, message, stack } = answer.error;
      const thrown = new Error(message);
      thrown.stack = stack;
      const where = placeIn(thrown, name, module);
      const stray = kind === 'Uncaught' ? ' (thrown or rejected where nothing awaits it)' : '';
      thrown.name = kind;
      throw new InputError(`${where}: ${firstLine(thrown)}${stray}`);
    }
  } finally {
    await thread.close();
  }
}

/** A folder for compiled claims that is gone with the process: commands that only read need no reports folder. */
function compiledFolder(): string {
  try {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'falsum-claims-')));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  } catch (error) {
    throw new InputError(
      `${tmpdir()}: cannot be written (${(error as { code?: string }).code ?? String(error)}), and claim files are compiled there; name another folder in TMPDIR`,
    );
  }
}

function byId(loaded: readonly LoadedClaim[]): LoadedClaim[] {
  const seen = new Map<string, LoadedClaim>();
  for (const entry of loaded) {
    const other = seen.get(entry.claim.id);
    if (other) {
      throw new InputError(
        `${entry.file}: claim id ${entry.claim.id} is taken by ${other.file}; ids must be unique`,
      );
    }
    seen.set(entry.claim.id, entry);
  }
  return [...seen.values()].toSorted((a, b) => (a.claim.id < b.claim.id ? -1 : 1));
}

function firstLine({ name, message }: Error): string {
  return message.trim().split('\n')[0] || `${name} without a message`;
}

async function loadModule(name: string, module: string): Promise<LoadedClaim> {
  let exported: { default?: unknown };
  try {
    exported = (await import(module)) as { default?: unknown };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    throw new InputError(`${placeIn(thrown, name, module)}: ${firstLine(thrown)}`);
  }
  if (typeof exported.default !== 'object' || exported.default === null) {
    throw new InputError(`${name}: must have a default export made by claim({ … })`);
  }
  try {
    return { claim: checked(exported.default as Claim), file: name, module };
  } catch (error) {
    throw new InputError(`${name}: ${firstLine(error as Error)}`);
  }
}

/**
 * Where in the user's files an error was thrown, from its stack: the innermost frame that is neither Node's, a package's
 * nor Falsum's; mapped to the source already, or (from a worker) to be mapped here.
 */
export function placeIn(error: Error, name: string, module: string): string {
  const compiled = module.slice(0, module.lastIndexOf('/') + 1);
  for (const frame of (error.stack ?? '').split('\n').slice(1)) {
    const match = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame);
    if (!match) continue;
    const [, file, line, column] = match;
    if (file.startsWith(compiled)) {
      const entry = findSourceMap(fileURLToPath(file))?.findEntry(
        Number(line) - 1,
        Number(column) - 1,
      );
      return entry && 'originalLine' in entry
        ? `${shown(new URL(entry.originalSource, file).href)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
        : `${file === module ? name : shown(file)}:${line}:${column}`;
    }
    if (!isForeign(file)) return `${shown(file)}:${line}:${column}`;
  }
  return name;
}

function shown(file: string): string {
  return relative(process.cwd(), file.startsWith('file:') ? fileURLToPath(file) : file);
}

const OWN_CODE = ['dist', 'src', 'bin'].map((folder) => join(PACKAGE_ROOT, folder));

/** Whether a stack frame is in code of Node, of a package or of Falsum. */
function isForeign(file: string): boolean {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  return (
    !path.startsWith('/') ||
    path.includes('/node_modules/') ||
    OWN_CODE.some((folder) => path.startsWith(folder))
  );
}
