import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { findSourceMap, isBuiltin } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Message } from 'esbuild';
import { globSync } from 'tinyglobby';
import type { Claim } from '../claims/index.js';
import { claim as checked } from '../claims/index.js';
import { InputError } from '../hunting/index.js';

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

/**
 * What a user's claim may import without installing it: the public API, and the libraries whose values
 * cross it, so that both sides hold the same copy.
 */
const PROVIDED: Readonly<Record<string, string>> = {
  falsum: new URL('../index.js', import.meta.url).href,
  'fast-check': import.meta.resolve('fast-check'),
  mathjs: import.meta.resolve('mathjs'),
};

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
 * @param workFolder where compiled modules are put
 * @throws InputError when a pattern matches nothing or a file cannot be loaded; names file and line
 */
export async function loadUserClaims(
  patterns: readonly string[],
  cwd: string,
  workFolder: string,
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
  const loaded: LoadedClaim[] = [];
  for (const file of new Set(files)) {
    const name = relative(cwd, file) || file;
    loaded.push(await loadModule(name, await compile(file, name, workFolder)));
  }
  return byId(loaded);
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

const RESOLVING = Symbol('resolving');

/** Bundles a user's file to one module whose only imports are Node's, packages' and the public API. */
async function compile(file: string, name: string, workFolder: string): Promise<string> {
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 12);
  const outfile = join(workFolder, `${hash}.mjs`);
  mkdirSync(workFolder, { recursive: true });
  const { build } = await import('esbuild');
  try {
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [
        {
          name: 'falsum',
          setup(setup) {
            setup.onResolve({ filter: /^(falsum|fast-check|mathjs)$/ }, ({ path }) => ({
              path: PROVIDED[path],
              external: true,
            }));
            // A package of the user's is found beside the claim, wherever the compiled module lies.
            setup.onResolve({ filter: /^[^./#]/ }, async ({ path, kind, pluginData, ...from }) => {
              if (pluginData === RESOLVING || kind === 'entry-point' || isBuiltin(path))
                return null;
              const { resolveDir, importer } = from;
              const found = await setup.resolve(path, {
                kind,
                resolveDir,
                importer,
                pluginData: RESOLVING,
              });
              return found.errors.length > 0
                ? found
                : { path: pathToFileURL(found.path).href, external: true };
            });
          },
        },
      ],
    });
  } catch (error) {
    const [first] = (error as { errors?: Message[] }).errors ?? [];
    const place = first?.location
      ? `${relative(process.cwd(), resolve(first.location.file))}:${first.location.line}:${first.location.column + 1}`
      : name;
    throw new InputError(`${place}: ${first?.text ?? String(error)}`);
  }
  // A changed file is a new module: imports are cached by URL.
  const content = createHash('sha256').update(readFileSync(outfile)).digest('hex').slice(0, 12);
  const stamped = join(workFolder, `${hash}-${content}.mjs`);
  if (!existsSync(stamped)) writeFileSync(stamped, readFileSync(outfile));
  return pathToFileURL(stamped).href;
}

async function loadModule(name: string, module: string): Promise<LoadedClaim> {
  let exported: { default?: unknown };
  try {
    exported = (await import(module)) as { default?: unknown };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    throw new InputError(`${placeIn(thrown, name, module)}: ${thrown.message.split('\n')[0]}`);
  }
  if (typeof exported.default !== 'object' || exported.default === null) {
    throw new InputError(`${name}: must have a default export made by claim({ … })`);
  }
  try {
    return { claim: checked(exported.default as Claim), file: name, module };
  } catch (error) {
    throw new InputError(`${name}: ${(error as Error).message.split('\n')[0]}`);
  }
}

/**
 * Where in the user's file an error was thrown, from its stack: either mapped to the source already,
 * or (from a worker) to be mapped here.
 */
export function placeIn(error: Error, name: string, module: string): string {
  const base = name.split('/').at(-1) ?? name;
  for (const frame of (error.stack ?? '').split('\n').slice(1)) {
    const match = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame);
    if (!match) continue;
    const [, file, line, column] = match;
    if (file === module) {
      const entry = findSourceMap(fileURLToPath(module))?.findEntry(
        Number(line) - 1,
        Number(column) - 1,
      );
      return entry && 'originalLine' in entry
        ? `${name}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
        : `${name}:${line}:${column}`;
    }
    if (file.endsWith(`/${base}`)) return `${name}:${line}:${column}`;
  }
  return name;
}
