import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Message, Plugin } from 'esbuild';
import { checkCertificate } from '../../checking/index.js';
import type { Counterexample } from '../counterexample.js';
import { counterexampleText } from '../counterexample.js';
import { InputError, oneLine } from '../../model/index.js';
import { compact } from './report.js';

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * The text of one ES module that recomputes a counterexample with nothing installed, prints both sides of the
 * violated inequality and exits with 0, or with 1 where the violation does not come out.
 *
 * Where the independent checker knows the reading and accepts the file, the module holds the checker, which shares no
 * code with the claim; else the claim's own code with what it imports.
 *
 * @param claimFile the claim's module, compiled or in TypeScript
 * @throws InputError when the claim's file cannot be bundled; names file and line
 */
export async function standaloneText(
  stored: Counterexample,
  claimFile: string,
  version: string,
): Promise<string> {
  const { verdict } = checkCertificate(JSON.parse(counterexampleText(stored)));
  const checked = verdict === 'accepted';
  const main = checked
    ? `import { showChecked } from './checked-main.js';
       ${SHOW}
       process.exitCode = showChecked(COUNTEREXAMPLE, show) ? 0 : 1;`
    : `import claim from ${JSON.stringify(resolve(claimFile))};
       import { showByClaim } from './claim-main.js';
       ${SHOW}
       process.exitCode = (await showByClaim(claim, COUNTEREXAMPLE, show)) ? 0 : 1;`;
  const code = await bundled(main, checked ? CHECKER : CLAIM);
  return `${header(stored, checked, version)}\nconst COUNTEREXAMPLE = ${compact(JSON.parse(counterexampleText(stored)))};\n\n${code}`;
}

function header(stored: Counterexample, checked: boolean, version: string): string {
  const holds = checked
    ? [
        'It holds the independent checker of Falsum, which shares no code with the claim: instance and certificate',
        'below are read as untrusted data, and every side, assumption and check is recomputed in exact arithmetic',
        '(BigInt rationals and outward-rounded enclosures of them).',
      ]
    : [
        'It holds the code of the claim itself, and of Falsum as far as the claim imports it: no independent checker',
        'knows this reading. Both sides and all assumptions are recomputed from the instance below.',
      ];
  return [
    `Counterexample ${stored.id} to ${stored.claim}, reading ${stored.reading}.`,
    'Run it with Node 20 or later and nothing installed: it prints both sides of the violated inequality and exits',
    'with 0; with 1 where the violation does not come out.',
    ...holds,
    `Written by Falsum ${version}.`,
  ]
    .map((line) => `// ${oneLine(line)}`)
    .join('\n');
}

/** What a file prints of a counterexample cannot steer the terminal. */
const SHOW = `import { printable } from '../../model/printable.js';
       const show = (text) => console.log(text.split('\\n').map(printable).join('\\n'));`;

/** The checker stays readable: it has no dependency, and its names say what it does. */
const CHECKER: Partial<BuildOptions> = { minify: false, legalComments: 'none' };

const CLAIM: Partial<BuildOptions> = {
  minify: true,
  legalComments: 'inline',
  loader: { '.wasm': 'binary' },
  // The engine tfjs is loaded on demand only, and never here.
  external: ['@tensorflow/*', 'esbuild'],
};

async function bundled(main: string, options: Partial<BuildOptions>): Promise<string> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      stdin: { contents: main, resolveDir: HERE, sourcefile: 'standalone.ts', loader: 'ts' },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'silent',
      plugins: [embedding],
      ...options,
    });
    return withoutPaths(outputFiles?.[0].text ?? '');
  } catch (error) {
    const [first] = (error as { errors?: Message[] }).errors ?? [];
    if (first === undefined) throw error;
    const place = first.location ? `${first.location.file}:${first.location.line}: ` : '';
    throw new InputError(`${place}${first.text}`);
  }
}

/** esbuild heads each module with a comment that names its file, which says nothing on another machine. */
function withoutPaths(code: string): string {
  return code.replaceAll(/^ *\/\/ (?:[^\s]*\/)?[\w.-]+\.(?:[cm]?[jt]s|wasm)\n/gm, '');
}

const FALSUM = resolve(HERE, '../..');

/** Puts into the file what the package reads from its folders while it runs. */
const embedding: Plugin = {
  name: 'embedding',
  setup(setup) {
    setup.onResolve({ filter: /^falsum$/ }, () => ({ path: existing(`${FALSUM}/index`) }));
    setup.onResolve({ filter: /^fast-check$/ }, ({ path, pluginData }) =>
      pluginData === OURS
        ? null
        : setup.resolve(path, { kind: 'import-statement', resolveDir: HERE, pluginData: OURS }),
    );
    // mathjs comes in one file, which is required at run time.
    setup.onLoad({ filter: /\/math\/mathjs\.[jt]s$/ }, ({ path }) => ({
      contents: `import mathjs from 'mathjs/lib/browser/math.js';
        export const { all, create, isSymbolNode, parse } = mathjs;`,
      resolveDir: dirname(path),
    }));
    // The kernels are read from a file.
    setup.onResolve({ filter: /^node:fs$/ }, ({ importer }) =>
      /\/wasm64-module\.[jt]s$/.test(importer) ? { path: 'kernels', namespace: 'embedded' } : null,
    );
    setup.onLoad({ filter: /^kernels$/, namespace: 'embedded' }, () => ({
      contents: `import kernels from ${JSON.stringify(kernelsFile())};
        export const existsSync = () => true;
        export const readFileSync = () => kernels;`,
      resolveDir: HERE,
    }));
    // HiGHS looks for its binary beside its script.
    setup.onResolve({ filter: /^highs$/ }, ({ pluginData, ...from }) =>
      pluginData === OURS || from.namespace === 'embedded'
        ? null
        : { path: 'highs', namespace: 'embedded' },
    );
    setup.onLoad({ filter: /^highs$/, namespace: 'embedded' }, () => ({
      contents: `import load from 'highs';
        import wasmBinary from 'highs/runtime';
        const instantiateWasm = (imports, done) => {
          WebAssembly.instantiate(wasmBinary, imports).then(({ instance }) => done(instance));
          return {};
        };
        export default (options) => load({ instantiateWasm, ...options });`,
      resolveDir: HERE,
    }));
  },
};

const OURS = Symbol('ours');

/** The module of a name, compiled or in TypeScript. */
function existing(name: string): string {
  return import.meta.url.endsWith('.ts') ? `${name}.ts` : `${name}.js`;
}

function kernelsFile(): string {
  const compiled = `${FALSUM}/training/kernels.wasm`;
  try {
    readFileSync(compiled);
    return compiled;
  } catch {
    return resolve(FALSUM, '../dist/src/training/kernels.wasm');
  }
}
