import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BIN, claimFile, falsum, folder, refutable } from './testing/sandbox.js';

interface Faults {
  readonly results: readonly { readonly claim: string; readonly verdict: string }[];
  readonly faults: readonly {
    readonly claim: string;
    readonly reason: string;
    readonly stream: string | null;
    readonly trial: number | null;
    readonly instance: string | null;
  }[];
}

const holds = "decided('exact', [atMost('v ≤ 1', value, 1)])";

/** A claim whose conclusion does something on a tenth of the draws. */
const rarely = (name: string, does: string): void => {
  claimFile(`fault-${name}.ts`, name, {
    conclude: `async ({ value }) => { if (value > 0.9) ${does}; return ${holds}; }`,
  });
};

describe('falsum falsify, where one claim is at fault', () => {
  rarely('nan', "return decided('exact', [atMost('v ≤ 1', NaN, 1)])");
  rarely('exits', 'process.exit(0)');
  rarely('never', 'await new Promise(() => {})');
  rarely('pollutes', "(Object.prototype as any)['mine'] = 1");
  claimFile('fault-fine.ts', 'fine');
  claimFile('fault-false.ts', 'false', refutable);

  const { status, stdout, stderr } = falsum(
    ...['falsify', '--properties', 'fault-*.ts', '--profile', 'smoke', '--reports', 'faulty'],
    ...['--json', '-'],
  );
  const verdicts = JSON.parse(stdout) as Faults;
  const faultOf = (name: string) => verdicts.faults.find(({ claim }) => claim === `toy/${name}`);

  test('the others are judged, and the exit code says that not all were', () => {
    // Twenty draws do not kill the control of a claim that holds.
    expect(verdicts.results).toMatchObject([
      { claim: 'toy/false', verdict: 'refuted' },
      { claim: 'toy/fine', verdict: 'inconclusive' },
    ]);
    expect(existsSync(join(folder, 'faulty', 'index.html'))).toBe(true);
    expect(stderr).toContain('6 readings: 1 refuted, 1 inconclusive, 4 without a verdict');
    expect(status).toBe(2);
  });

  const lines: readonly (readonly [name: string, line: RegExp])[] = [
    [
      'nan',
      /^falsum: fault-nan\.ts:\d+:\d+: toy\/nan, reading literal, trial 3, conclude: threw RangeError: atMost: .*got NaN ≤ 1; the instance is in (.*test-3\.json)$/m,
    ],
    [
      'exits',
      /^falsum: fault-exits\.ts: toy\/exits, reading literal, trial \d+, conclude: ends its thread; a claim must not call process\.exit; the instance is in (.*)$/m,
    ],
    [
      'never',
      /^falsum: fault-never\.ts: toy\/never, reading literal, trial \d+, conclude: awaits a promise that nothing settles; the instance is in (.*)$/m,
    ],
  ];

  test.each(lines)('%s: one line names claim, reading, trial and the instance', (name, line) => {
    const [, file = ''] = line.exec(stderr) ?? [];
    expect(stderr).toMatch(line);
    const stored = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      instance: { value: number };
    };
    expect(stored).toMatchObject({ schema: 'falsum/fault@1', stream: 'test', seed: 1 });
    // The draw on which the claim misbehaves.
    expect(stored.instance.value).toBeGreaterThan(0.9);
    expect(faultOf(name)).toMatchObject({ stream: 'test', instance: file });
    expect(stderr).toContain(`trial ${faultOf(name)?.trial}, conclude`);
  });

  test('a claim that changes what every object inherits is told so', () => {
    expect(faultOf('pollutes')?.reason).toMatch(
      /^fault-pollutes\.ts: toy\/pollutes, reading literal: sets Object\.prototype\.mine, /,
    );
  });

  test('Allure shows each as broken, with the line', () => {
    const results = join(folder, 'faulty', 'allure-results');
    const broken = readdirSync(results)
      .filter((name) => name.endsWith('-result.json'))
      .map((name) => JSON.parse(readFileSync(join(results, name), 'utf8')) as Allure)
      .filter(({ status }) => status === 'broken');
    expect(broken.map(({ fullName }) => fullName).toSorted()).toEqual(
      verdicts.faults.map(({ claim }) => `${claim}#literal`).toSorted(),
    );
    expect(broken.map(({ statusDetails }) => statusDetails.message).toSorted()).toEqual(
      verdicts.faults.map(({ reason }) => reason).toSorted(),
    );
  });
});

interface Allure {
  readonly status: string;
  readonly fullName: string;
  readonly statusDetails: { readonly message: string };
}

test('a loop is given up some time after the budget', () => {
  claimFile('loop-always.ts', 'always', { conclude: '() => { for (;;); }' });
  claimFile('loop-fine.ts', 'fine');
  const { status, stdout, stderr } = falsum(
    ...['falsify', '--properties', 'loop-*.ts', '--profile', 'smoke', '--budget', '3s'],
    ...['--reports', 'loops', '--no-report', '--json', '-'],
  );
  expect(stderr).toMatch(
    /^falsum: loop-always\.ts: toy\/always, reading literal, trial 0, conclude: does not come back, given up after \d+ s; mend the loop, or give more time with --budget; the instance is in loops\/faults\/toy\/always\/literal\/test-0\.json$/m,
  );
  expect(JSON.parse(stdout)).toMatchObject({
    results: [{ claim: 'toy/fine' }],
    faults: [{ claim: 'toy/always', stream: 'test', trial: 0 }],
  });
  expect(status).toBe(2);
});

test('Ctrl-C stops at once a claim that loops', async () => {
  const mark = join(folder, 'looping');
  claimFile('endless.ts', 'endless', {
    before: "import { writeFileSync } from 'node:fs';",
    conclude: `() => { writeFileSync(${JSON.stringify(mark)}, ''); for (;;); }`,
  });
  const child = spawn(
    process.execPath,
    [BIN, 'falsify', '--properties', 'endless.ts', '--reports', 'endless'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(3);
  expect(said).toMatch(/^falsum: interrupted; 0 counterexamples kept in /);
});

describe('falsum hunt, where one claim is at fault', () => {
  test('its instance is stored, and the others are hunted', () => {
    claimFile('hunt-bad.ts', 'hunt-bad', {
      conclude: `({ value }) => { if (value > 0.9) throw new Error('on purpose'); return ${holds}; }`,
    });
    claimFile('hunt-fine.ts', 'hunt-fine');
    const { status, stdout, stderr } = falsum(
      ...['hunt', '--all', '--properties', 'hunt-*.ts', '--evaluations', '300'],
      ...['--reports', 'hunts', '--json', '-'],
    );
    const [, file = ''] =
      /^falsum: hunt-bad\.ts:\d+:\d+: toy\/hunt-bad, reading literal, hunt, conclude: threw Error: on purpose; the instance is in (.*)$/m.exec(
        stderr,
      ) ?? [];
    const stored = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      instance: { value: number };
    };
    expect(stored.instance.value).toBeGreaterThan(0.9);
    expect(JSON.parse(stdout)).toMatchObject({
      hunts: [{ claim: 'toy/hunt-fine' }],
      faults: [{ claim: 'toy/hunt-bad', stream: 'hunt', instance: file }],
    });
    expect(status).toBe(2);
  });

  test('a promise that nothing settles is no hunt without end', () => {
    claimFile('never-hunt.ts', 'hunt-never', { conclude: 'async () => new Promise(() => {})' });
    const { status, stderr } = falsum(
      ...['hunt', 'toy/hunt-never', '--properties', 'never-hunt.ts', '--evaluations', '100'],
      ...['--reports', 'never'],
    );
    expect(stderr).toMatch(
      /^falsum: never-hunt\.ts: toy\/hunt-never, reading literal, hunt, conclude: awaits a promise that nothing settles/,
    );
    expect(status).toBe(2);
  });
});

test('a claim that exhausts the memory ends alone', () => {
  rarely('memory', '{ const all: number[][] = []; for (;;) all.push(Array(1e6).fill(value)); }');
  const { status, stderr } = spawnSync(
    process.execPath,
    [BIN, 'falsify', '--properties', 'fault-{memory,fine}.ts', '--no-report', '--reports', 'full'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '--max-old-space-size=200' },
    },
  );
  expect(stderr).toMatch(
    /^falsum: fault-memory\.ts: toy\/memory, reading literal, trial \d+, conclude: runs out of memory; the instance is in .*\n$/,
  );
  expect(JSON.parse(readFileSync(join(folder, 'full', 'verdicts.json'), 'utf8'))).toMatchObject({
    results: [{ claim: 'toy/fine', verdict: 'survived' }],
    faults: [{ claim: 'toy/memory' }],
  });
  expect(status).toBe(2);
});

test.each([
  ['throws', "throw new Error('on purpose')", /trial (\d+), conclude: threw Error: on purpose/],
  ['ends its thread', 'process.exit(0)', /trial (\d+), conclude: ends its thread/],
])('evidence of the trials before one that %s stays in the ledger', (name, does, line) => {
  const id = name.replaceAll(' ', '-');
  claimFile(`partly-${id}.ts`, `partly-${id}`, {
    conclude: `({ value }) => { if (value > 0.97) ${does}; return ${holds}; }`,
  });
  const own = ['--properties', `partly-${id}.ts`, '--ledger', `evidence-${id}`];
  const { status, stderr } = falsum('falsify', ...own, '--reports', 'partly', '--no-report');
  expect(status).toBe(2);
  const trial = Number(line.exec(stderr)?.[1]);
  expect(trial).toBeGreaterThan(0);
  expect(JSON.parse(falsum('evidence', ...own, '--json', '-').stdout)).toMatchObject({
    lines: [{ trials: { effective: trial } }],
  });
});
