import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  BuildOptions,
  Loader,
  Message,
  OnResolveArgs,
  OnResolveResult,
  Plugin,
} from 'esbuild';
import { InputError } from '../hunting/index.js';

/**
 * What a user's claim may import without installing it: the public API, and the libraries whose values
 * cross it, so that both sides hold the same copy.
 */
const PROVIDED: Readonly<Record<string, string>> = {
  falsum: new URL('../index.js', import.meta.url).href,
  'fast-check': import.meta.resolve('fast-check'),
  mathjs: import.meta.resolve('mathjs'),
};

/**
 * Compiles a user's claim file and the user's own files that it imports, each to a module of its own, so that every one
 * keeps its `import.meta.url`, and files that two claims import are loaded once.
 *
 * @param file absolute path, TypeScript or JavaScript, ES module or CommonJS
 * @param workFolder where compiled modules are put; one for all claims that are loaded together
 * @param done files that were compiled into that folder before; added to
 * @returns the file: URL of a module that Node imports as it is
 * @throws InputError when a file cannot be compiled; names file and line
 */
export async function compileClaim(
  file: string,
  workFolder: string,
  done: Set<string>,
): Promise<string> {
  const queue = [file];
  for (const next of queue) {
    if (done.has(next)) continue;
    done.add(next);
    queue.push(...(await compileFile(next, workFolder)));
  }
  const compiled = compiledFile(file, workFolder);
  return pathToFileURL(isCommonJs(file) ? withDefault(compiled) : compiled).href;
}

/** A module beside a compiled CommonJS one, whose default export is what its `exports.default` or `module.exports` is. */
function withDefault(compiled: string): string {
  const beside = compiled.replace(/\.mjs$/, '.default.mjs');
  writeFileSync(
    beside,
    `import * as all from ${JSON.stringify(pathToFileURL(compiled).href)};\nexport default all.default?.__esModule ? all.default.default : all.default;\n`,
  );
  return beside;
}

function compiledFile(file: string, workFolder: string): string {
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 12);
  return join(workFolder, `${basename(file, extname(file))}-${hash}.mjs`);
}

/** Compiles one file and returns the files of the user's that it imports. */
async function compileFile(file: string, workFolder: string): Promise<string[]> {
  const { build } = await import('esbuild');
  const imported = new Set<string>();
  const place = { requires: false };
  const options: BuildOptions = {
    entryPoints: [file],
    outfile: compiledFile(file, workFolder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(file).href),
      'import.meta.filename': JSON.stringify(file),
      'import.meta.dirname': JSON.stringify(dirname(file)),
      __filename: JSON.stringify(file),
      __dirname: JSON.stringify(dirname(file)),
    },
    plugins: [resolving(imported, place, workFolder)],
  };
  try {
    await build(options);
    // CommonJS needs a `require`, which an ES module may have declared for itself.
    if (place.requires) await build({ ...options, banner: { js: requireOf(file) } });
  } catch (error) {
    const [first] = (error as { errors?: Message[] }).errors ?? [];
    if (first === undefined) throw error;
    const where = first.location
      ? `${relative(process.cwd(), resolve(first.location.file))}:${first.location.line}:${first.location.column + 1}`
      : relative(process.cwd(), file);
    throw new InputError(`${where}: ${first.text}`);
  }
  return [...imported];
}

function requireOf(file: string): string {
  return `import { createRequire as requireBeside } from 'node:module'; const require = requireBeside(${JSON.stringify(pathToFileURL(file).href)});`;
}

const RESOLVING = Symbol('resolving');
const COMMON_JS = Symbol('CommonJS');

/** Where each import of a file goes; the user's own files that it names are added to `imported`. */
function resolving(
  imported: Set<string>,
  place: { requires: boolean },
  workFolder: string,
): Plugin {
  return {
    name: 'falsum',
    setup(setup) {
      setup.onResolve({ filter: /.*/ }, async (args): Promise<OnResolveResult | null> => {
        const { path, kind, pluginData, resolveDir, importer } = args;
        if (pluginData === RESOLVING || kind === 'entry-point') return null;
        const required = isRequired(args);
        if (Object.hasOwn(PROVIDED, path)) {
          return required
            ? { path, namespace: 'provided' }
            : { path: PROVIDED[path], external: true };
        }
        if (args.namespace === 'provided') return { path, external: true };
        if (isBuiltin(path)) {
          place.requires ||= required;
          return { path, external: true };
        }
        const found = await setup.resolve(path, {
          kind,
          resolveDir,
          importer,
          pluginData: RESOLVING,
        });
        if (found.errors.length > 0 || found.external || found.namespace !== 'file') return found;
        // A package of the user's is found beside the claim, wherever the compiled module lies.
        if (isPackage(path, found.path)) {
          place.requires ||= required;
          return { path: required ? found.path : pathToFileURL(found.path).href, external: true };
        }
        if (!CODE.test(found.path)) return found;
        if (required || isCommonJs(found.path)) return { path: found.path, pluginData: COMMON_JS };
        imported.add(found.path);
        return {
          path: pathToFileURL(compiledFile(found.path, workFolder)).href,
          external: true,
        };
      });
      setup.onLoad({ filter: /.*/, namespace: 'provided' }, ({ path }) => {
        const url = JSON.stringify(PROVIDED[path]);
        return {
          contents: `export * from ${url};${path === 'fast-check' ? ` export { default } from ${url};` : ''}`,
        };
      });
      setup.onLoad({ filter: CODE }, ({ path, pluginData }) =>
        pluginData === COMMON_JS
          ? {
              contents: `var __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))}; ${readFileSync(path, 'utf8')}`,
              loader: path.replace(/^.*\.[cm]?/, '') as Loader,
            }
          : null,
      );
    },
  };
}

const CODE = /\.[cm]?[jt]sx?$/;

function isRequired({ kind }: OnResolveArgs): boolean {
  return kind === 'require-call' || kind === 'require-resolve';
}

/** Whether Node loads the file as it is: it was named as a package, and is no TypeScript. */
function isPackage(path: string, file: string): boolean {
  return !/^[./#]/.test(path) && !/\.[cm]?tsx?$/.test(file);
}

/** Whether an imported file is CommonJS, whose exports only a bundler knows by name. */
function isCommonJs(file: string): boolean {
  if (/\.c[jt]s$/.test(file)) return true;
  if (!file.endsWith('.js')) return false;
  const text = readFileSync(file, 'utf8');
  return (
    /\bmodule\.exports\b|\bexports\.\w+\s*=/.test(text) && !/^\s*(?:import|export)\b/m.test(text)
  );
}
