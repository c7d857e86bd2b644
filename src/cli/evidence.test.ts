import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportText, folderStore } from '../evidence/index.js';
import { falsum, folder, put } from './testing/sandbox.js';
import { verdictsSchema } from './verdicts-schema.js';

/** A claim that P(v > bound) ≤ 0.1 for v uniform on [0, 1), with its trials. */
const probably = (name: string, bound: number, trials: number): string =>
  put(
    `${name}.ts`,
    `import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, probable } from 'falsum';
type Toy = { value: number };
const effort = { trials: ${trials}, minimumEffective: 50, searches: 0, attack: 1 };
export default claim({
  id: 'toy/${name}',
  version: 1,
  catalogue: null,
  source: cite('toy', 'nowhere'),
  standing: 'lemma',
  title: 'A toy',
  statement: 'v \\\\le 1',
  readings: {
    literal: probable<Toy>({
      note: 'As printed.',
      instances: generator({
        law: 'uniform',
        structure: fc.constant(null),
        build: (_, random) => ({ value: random.uniform() }),
        labels: () => ['all'],
      }),
      assumptions: [],
      admitted: () => 0.1,
      conclude: ({ value }) => decided('exact', [atMost('v ≤ b', value, ${bound})]),
      controls: {
        small: {
          statement: 'v ≤ 0.98',
          argument: 'v is uniform on [0, 1)',
          judge: 'every-draw',
          conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.98', value, 0.98)]),
        },
      },
      coverage: { sampled: { all: 'everything' } },
      effort: { ci: effort, nightly: effort },
    }),
  },
});
`,
  );

const falsify = (file: string, ...args: string[]) =>
  falsum('falsify', '--properties', file, '--no-report', '--json', '-', ...args);

interface Verdicts {
  readonly results: readonly {
    readonly verdict: string;
    readonly trials: { readonly effective: number };
    readonly evidence?: {
      readonly trials: { readonly effective: number };
      readonly ranges: readonly { readonly from: number; readonly to: number }[];
      readonly runs: number;
      readonly logEValue: number;
    };
  }[];
}
const resultOf = (stdout: string) => (JSON.parse(stdout) as Verdicts).results[0];

describe('falsify on a ledger', () => {
  test('the nightly profile adds each night; --from repeats one; --no-ledger stands alone', () => {
    const file = probably('nights', 0.9, 150);
    const night = (...args: string[]) => falsify(file, '--profile', 'nightly', ...args);
    const alone = night('--no-ledger', '--from', '150');
    expect(existsSync(join(folder, 'ledger'))).toBe(false);
    expect(resultOf(alone.stdout).evidence).toBeUndefined();
    night();
    const second = night();
    expect(second).toMatchObject({ status: 0 });
    expect(second.stderr).toContain(
      'evidence added to ledger; repeat this run with --seed 1 --from 150',
    );
    expect(second.stderr).toContain('this run 150 trials (exact)');
    expect(second.stderr).toContain('ledger 300 trials in 2 runs');
    const json = JSON.parse(second.stdout) as unknown;
    const validate = new Ajv({ strict: false }).compile(verdictsSchema);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const result = resultOf(second.stdout);
    expect(result.trials).toEqual(resultOf(alone.stdout).trials);
    expect(result.evidence).toMatchObject({ runs: 2, ranges: [{ from: 150, to: 300 }] });
    const repeated = night('--from', '150');
    expect(resultOf(repeated.stdout).evidence).toEqual(result.evidence);
  });

  test('a verdict that accumulated evidence changes fails with a line that says where to look', () => {
    const file = probably('drifts', 0.82, 250);
    const known = put(
      'drifts-known.json',
      JSON.stringify({
        schema: 'falsum/known-verdicts@1',
        verdicts: {
          'toy/drifts': {
            literal: {
              admissible: { smoke: ['survived'], ci: ['survived'], nightly: ['survived'] },
              why: 'a test',
            },
          },
        },
      }),
    );
    const run = () => falsify(file, '--ledger', 'drifts', '--known', known);
    expect(run()).toMatchObject({ status: 0 });
    run();
    const third = run();
    expect(third.status).toBe(1);
    expect(third.stderr).toMatch(
      /^! toy\/drifts literal: refuted, expected survived: violated on \d+ of 750 fresh draws.* It rests on 750 trials of 3 runs: "falsum evidence toy\/drifts --properties drifts\.ts --ledger drifts" says when it changed; a mended claim needs a new version, which starts a new line\. If the change is right, mend .*$/m,
    );
  });

  test('contradicting and misplaced options are one line each, exit 2', () => {
    const file = probably('options', 0.9, 60);
    const both = falsify(file, '--ledger', 'x', '--no-ledger');
    expect(both).toMatchObject({
      status: 2,
      stderr: 'falsum: --ledger and --no-ledger contradict one another; give one of them\n',
    });
    put('in-the-way', '');
    const blocked = falsify(file, '--ledger', 'in-the-way', '--quiet');
    expect(blocked.status).toBe(2);
    expect(blocked.stderr).toMatch(
      /^falsum: .*in-the-way\S*: cannot be read as a folder of a ledger \(ENOTDIR\); choose another [^\n]*\n$/,
    );
  });
});

describe('evidence', () => {
  // Two machines with a seed each.
  beforeAll(() => {
    const file = probably('carried', 0.9, 150);
    for (const seed of ['1', '2']) {
      expect(falsify(file, '--ledger', `seed-${seed}`, '--seed', seed).status).toBe(0);
    }
  });
  const ledger = async (name: string) => {
    const store = folderStore(join(folder, name));
    const [line] = await store.lines();
    return { line, batches: await store.batches(line) };
  };

  test('shows, exports, imports and merges; everything counts once', async () => {
    falsum('evidence', 'export', 'two.jsonl', '--ledger', 'seed-2');
    falsum('evidence', 'merge', 'seed-1', '--ledger', 'merged');
    const added = falsum('evidence', 'import', 'two.jsonl', 'two.jsonl', '--ledger', 'merged');
    expect(added.stdout).toMatch(
      /^2 batches added to .*merged, 2 there already \(counted once\)$/m,
    );
    const one = await ledger('seed-1');
    const two = await ledger('seed-2');
    expect((await ledger('merged')).batches).toEqual([...one.batches, ...two.batches]);

    const args = ['--ledger', 'merged', '--properties', 'carried.ts', '--json', 'evidence.json'];
    const { status, stdout } = falsum('evidence', 'toy/*', ...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}literal, version 1, probable$/m);
    expect(stdout).toMatch(/effort +300 effective trials .* 2 runs · 4 batches · wasm64/);
    expect(stdout).toMatch(/e-value +ln e = -?\d+\.\d; 13\.8 refutes/);
    expect(stdout).toMatch(/violation rate +0\.\d+ … 0\.\d+ \(99 %/);
    expect(stdout).toMatch(/history .* ci, wasm64, seed 1 · 150 trials, 0…149 · \d+ of 150/);
    expect(JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8'))).toMatchObject({
      schema: 'falsum/evidence-summary@1',
      lines: [{ claim: 'toy/carried', trials: { effective: 300 }, history: [{}, {}] }],
    });
  });

  test('a claim that is not loaded, or has changed, keeps its counts', () => {
    expect(falsum('evidence', '--ledger', 'seed-1', 'toy/carried').stdout).toMatch(
      /set aside +the claim is not loaded; give its file with --properties; counts only\n +effort +150 /,
    );
    const source = readFileSync(join(folder, 'carried.ts'), 'utf8');
    put('newer.ts', source.replace('version: 1,', 'version: 2,'));
    const newer = falsum('evidence', '--ledger', 'seed-1', '--properties', 'newer.ts');
    expect(newer.stdout).toContain('set aside       the claim has version 2 now; counts only');
  });

  test('what is broken is refused in one line, exit 2, and nothing is lost', async () => {
    const before = await ledger('seed-1');
    const [first] = before.batches;
    put('cut.jsonl', exportText(before.batches).slice(0, -40));
    // The same trials in other batches, as another batch size would give them.
    await folderStore(join(folder, 'overlapping')).append({
      ...first,
      ...{ from: 30, to: 130, tally: { ...(first.tally as object), witness: null } },
    });
    const refused = async (...args: string[]): Promise<string> => {
      const run = falsum('evidence', ...args, '--ledger', 'seed-1');
      expect(run.status).toBe(2);
      expect(run.stderr).toMatch(/^falsum: [^\n]*\n$/);
      expect(await ledger('seed-1')).toEqual(before);
      return run.stderr;
    };
    expect(await refused('import', 'cut.jsonl')).toContain('cut.jsonl, line 3: is not JSON');
    expect(await refused('merge', 'overlapping')).toMatch(
      /overlapping: toy\/carried literal, trials 30…129 of seed 1 .* overlaps trials 0…99 of seed 1 .*seed-1 with other content, and a trial counts once; nothing was added/,
    );
    expect(await refused('merge', 'nowhere')).toContain('nowhere is no folder');
    expect(await refused('export')).toContain('name one file to write');

    const place = join(folder, 'seed-1', 'toy', 'carried', 'literal');
    const line = join(place, readdirSync(place)[0], 'float64', 'seed-1');
    const [name] = readdirSync(line).filter((entry) => entry.endsWith('.json'));
    const text = readFileSync(join(line, name), 'utf8');
    writeFileSync(join(line, name), text.slice(0, 99));
    const broken = falsify('carried.ts', '--ledger', 'seed-1', '--quiet');
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/^falsum: .*\.json: is not JSON .* run its trials again\n$/);
    writeFileSync(join(line, name), text);
    expect(await ledger('seed-1')).toEqual(before);
  });
});
