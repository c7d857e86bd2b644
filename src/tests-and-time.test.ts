import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';

// Machines are shared and slow at times: a test that looks at a clock, or gives up early, fails there for no fault.

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What no test may hold, and what to write in its place. */
const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'reads a clock; count steps, or hand one in',
    /\b(?:performance|Date)\.now\b|\bhrtime\b|new Date\(\)/,
  ],
  [
    'has a limit of its own; vitest.config.ts has the one for hangs',
    /^ *(?:\}|\]),\n? *\d[\d_]{3,},?\n? *\);/m,
  ],
  [
    'has a limit of its own; vitest.config.ts has the one for hangs',
    /\btimeout: *[\d_]|setConfig\(/,
  ],
  [
    'has a time budget that a slow machine does not keep; give a count',
    /--budget',\s*'[\d.]+(?:ms|s|m)',\s*(?:\.\.\.\[)?'--evaluations/,
  ],
];

/** What a test's text breaks. */
function faultsOf(text: string): string[] {
  const faults = FORBIDDEN.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  const budget = /maxMilliseconds: *[1-9]|budgetMsPerReading: *[1-9]/.test(text);
  if (budget && !/\bnow: \(\) =>|\(\) => elapsed/.test(text)) {
    faults.push('has a time budget without a clock of its own');
  }
  return faults;
}

describe('no test depends on time', () => {
  const files = globSync(
    ['{src,bench,properties,docs}/**/*.test.ts', '{src,bench,properties}/**/testing/*.ts'],
    { cwd: ROOT },
  ).filter((file) => file !== 'src/tests-and-time.test.ts');

  test('in any file', () => {
    expect(files.length).toBeGreaterThan(150);
    const faults = files.flatMap((file) =>
      faultsOf(readFileSync(`${ROOT}/${file}`, 'utf8')).map((what) => `${file} ${what}`),
    );
    expect(faults).toEqual([]);
  });

  test.each([
    'const started = performance.now();',
    'expect(Date.now() - then).toBeLessThan(20);',
    "test('slow', () => {\n  work();\n}, 300_000);\n",
    "  test.each(all)(\n    'x',\n    () => {\n    },\n    240_000,\n  );\n",
    'spawnSync(node, args, { timeout: 50_000 });',
    'vi.setConfig({ testTimeout: 9 });',
    'engine.train({ ...task, budget: { maxSteps: 9, maxMilliseconds: 20 } });',
    "falsum(...['hunt', '--all', '--budget', '60s', '--evaluations', '200'])",
  ])('the rule bites: %j', (text) => {
    expect(faultsOf(text)).not.toEqual([]);
  });

  test.each([
    'await new Promise((resolve) => setTimeout(resolve, 50));',
    'expect([1, 2].map((x) => {\n  return x;\n})).toHaveLength(2);',
    'make({ now: () => (asked += 1) }).train({ budget: { maxSteps: 9, maxMilliseconds: 20 } });',
  ])('and lets be what is none: %j', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});
