import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

// Node loads compiled claims, so the package is used as built; `npm test` builds it first.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'falsum-load-')));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function put(name: string, content: string): string {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

/** A claim whose title is an expression of the file. */
const claimText = (title: string): string => `claim({
  id: 'toy/' + name, version: 1, catalogue: null, source: cite('toy', 'n'), standing: 'lemma', title: String(${title}), statement: 'v',
  readings: { literal: universal({
    note: 'n', instances: generator({ law: 'toy', structure: fc.constant(null), build: (_, r) => ({ v: r.uniform() }), labels: () => ['all'] }),
    assumptions: [], conclude: ({ v }) => decided('exact', [atMost('v', v, 1)]),
    controls: { low: { statement: 'f', argument: 't', judge: 'every-draw', conclude: () => decided('exact', [atMost('2', 2, 1)]) } },
    coverage: { sampled: { all: 'a' } } }) } })`;

const esm = (name: string, title: string, before = ''): string =>
  `import fc from 'fast-check';\nimport { atMost, cite, claim, decided, generator, universal } from 'falsum';\n${before}\nconst name = '${name}';\nexport default ${claimText(title)};\n`;

/** Titles of claims, or the error, of several loads one after the other, by the built package in a process of its own. */
function titles(...loads: readonly (readonly string[])[]): (string[] | string)[] {
  const script = `
    const { loadUserClaims } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'dist/src/running/index.js')).href)});
    process.setSourceMapsEnabled(true);
    const all = [];
    for (const patterns of ${JSON.stringify(loads)}) {
      all.push(await loadUserClaims(patterns, process.cwd()).then(
        (claims) => claims.map(({ claim }) => claim.title), (error) => error.message));
    }
    process.stdout.write(JSON.stringify(all));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: folder, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as (string[] | string)[];
}

describe('a claim file finds what lies beside it', () => {
  test('import.meta of the claim and of a file that it imports', () => {
    put('meta/bound.txt', '7');
    put('meta/deep/bound.txt', '8');
    put(
      'meta/deep/helper.ts',
      `import { readFileSync } from 'node:fs';
       export const deep: string = readFileSync(new URL('./bound.txt', import.meta.url), 'utf8') + import.meta.dirname.split('/').at(-1);`,
    );
    const before = `import { readFileSync } from 'node:fs';\nimport { deep } from './deep/helper.js';
      const own = readFileSync(new URL('./bound.txt', import.meta.url), 'utf8') + import.meta.filename.split('/').at(-1);`;
    put('meta/a.property.ts', esm('a', 'own + deep', before));
    expect(titles(['meta/*.property.ts'])).toEqual([['7a.property.ts8deep']]);
  });

  test('a file that two claims import is loaded once, also in a circle', () => {
    put('once/counter.ts', `import './circle.js';\nexport const seen: string[] = [];`);
    put(
      'once/circle.ts',
      `import * as counter from './counter.js';\nexport const all = () => counter;`,
    );
    const before = `import { seen } from './counter.ts';\nseen.push('x');`;
    put('once/a.ts', esm('a', 'seen.length', before));
    put('once/b.ts', esm('b', 'seen.length', before));
    expect(titles(['once/a.ts', 'once/b.ts'])).toEqual([['1', '2']]);
  });

  test('JSON beside it', () => {
    put('json/data.json', '{"bound": 5}');
    put(
      'json/a.ts',
      esm('a', 'data.bound', `import data from './data.json' with { type: 'json' };`),
    );
    expect(titles(['json/a.ts'])).toEqual([['5']]);
  });
});

describe('CommonJS', () => {
  const required = `const fc = require('fast-check');\nconst { atMost, cite, claim, decided, generator, universal } = require('falsum');\n`;

  test('a .cjs claim with what it requires', () => {
    put('cjs/node_modules/mine/index.js', 'module.exports = { three: 3 };');
    put('cjs/lib/helper.cjs', `exports.here = require('node:path').basename(__dirname);`);
    put(
      'cjs/a.cjs',
      `${required}const { three } = require('mine');\nconst { here } = require('./lib/helper.cjs');\nconst name = 'a';
       module.exports = ${claimText("three + here + require('node:path').basename(__dirname)")};`,
    );
    expect(titles(['cjs/a.cjs'])).toEqual([['3libcjs']]);
  });

  test('compiled from an ES module', () => {
    put(
      'compiled/a.cjs',
      `${required}Object.defineProperty(exports, '__esModule', { value: true });\nconst name = 'a';\nexports.default = ${claimText("'default'")};`,
    );
    expect(titles(['compiled/a.cjs'])).toEqual([['default']]);
  });

  test('an ES module that imports names from CommonJS', () => {
    put('mixed/helper.cjs', 'exports.four = 4;');
    put('mixed/a.ts', esm('a', 'four', `import { four } from './helper.cjs';`));
    expect(titles(['mixed/a.ts'])).toEqual([['4']]);
  });

  test('an ES module that makes a require for itself', () => {
    const before = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconst { five } = require('./five.cjs');`;
    put('own/five.cjs', 'exports.five = 5;');
    put('own/a.ts', esm('a', 'five', before));
    expect(titles(['own/a.ts'])).toEqual([['5']]);
  });
});

describe('errors name file and line', () => {
  test.each([
    ['in the claim', 'import.ts', "import './nowhere.js';\n", /import\.ts:1:8: Could not resolve/],
    [
      'in a file that it imports',
      'syntax.ts',
      "import './broken.js';\n",
      /broken\.ts:2:11: Unexpected/,
    ],
    [
      'thrown in a file that it imports',
      'throws.ts',
      "import './late.js';\n",
      /late\.ts:2:\d+: on purpose/,
    ],
  ])('%s', (_, name, content, message) => {
    put('broken.ts', 'const a = 1;\nconst b = ;\n');
    put('late.ts', "\nthrow new Error('on purpose');\n");
    put(name, content);
    expect(titles([name])[0]).toMatch(message);
  });
});

test('an import that loops is given up, and the process that asked is free meanwhile', () => {
  put('loops.mjs', 'for (;;);\n');
  const script = `
    const { tryAlone } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'dist/src/running/load.js')).href)});
    let ticks = 0;
    setInterval(() => (ticks += 1), 10);
    const module = ${JSON.stringify(pathToFileURL(join(folder, 'loops.mjs')).href)};
    const line = await tryAlone([{ name: 'loops.ts', module }], 1).catch((error) => error.message);
    process.stdout.write(JSON.stringify([line, ticks > 0]));
    process.exit();`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual([
    expect.stringMatching(/^loops\.ts: does not end, given up after \d+ s$/),
    true,
  ]);
});
