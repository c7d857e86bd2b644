import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

// The command line is run as built, in processes of its own; `npm test` builds it first.
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const BIN = join(ROOT, 'bin', 'falsum.cjs');

/** A folder of this test file's own, removed at its end; commands run in it. */
export const folder = mkdtempSync(join(tmpdir(), 'falsum-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command line and waits for its end. */
export function falsum(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

/** Writes a file into the folder and returns its name. */
export const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

/** A claim file around the given reading parts. */
export const claimFile = (name: string, id: string, parts: Record<string, string> = {}): string =>
  put(
    name,
    `import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, universal } from 'falsum';
type Toy = { value: number };
${parts['before'] ?? ''}
export default claim({
  id: 'toy/${id}',
  version: 1,
  catalogue: null,
  source: cite('toy', 'nowhere'),
  standing: 'lemma',
  title: 'A toy',
  statement: 'v \\\\le 1',
  readings: {
    literal: universal<Toy>({
      note: 'As printed.',
      instances: generator({
        law: 'uniform',
        structure: fc.constant(null),
        build: (_, random) => ({ value: random.uniform() }),
        labels: () => ['all'],
      }),
      assumptions: [],
      conclude: ${parts['conclude'] ?? "({ value }) => decided('exact', [atMost('v ≤ 1', value, 1)])"},
      ${parts['more'] ?? ''}
      controls: {
        small: {
          statement: 'v ≤ 0.98',
          argument: 'v is uniform on [0, 1)',
          judge: 'every-draw',
          conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.98', value, 0.98)]),
        },
      },
      coverage: { sampled: { all: 'everything' } },
    }),
  },
});
`,
  );

/** Parts of a claim that is false, with a certificate for each violation. */
export const refutable = {
  conclude: "({ value }) => decided('exact', [atMost('v ≤ ½', value, 0.5)])",
  more: `certify: ({ value }) => ({
        kind: 'instance', statement: 'v > ½', argument: 'by comparison',
        checks: [{ what: 'v', left: String(value), relation: '>', right: '1/2', holds: value > 0.5 }],
      }),`,
};

/** The JSON files of a folder; none when it does not exist. */
export function listed(place: string): string[] {
  try {
    return readdirSync(place).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
