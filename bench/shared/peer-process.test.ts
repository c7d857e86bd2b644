import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startPeer } from './peer-process.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-peer-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A peer in JavaScript that greets and then does as told with each line. */
const start = (
  name: string,
  onLine: string,
  greets = 'console.log(JSON.stringify({ peer: "toy" }));',
) => {
  const script = join(folder, `${name}.cjs`);
  writeFileSync(
    script,
    `${greets}\nrequire('readline').createInterface({ input: process.stdin }).on('line', (line) => { ${onLine} });\n`,
  );
  return startPeer(name, process.execPath, script, process.env);
};

test('a peer greets and answers one line for each', async () => {
  const peer = await start('echo', 'console.log(line)');
  expect(peer.greeting.peer).toBe('toy');
  expect(await peer.ask({ steps: 1 })).toEqual({ steps: 1 });
  expect(await peer.ask({ steps: 2 })).toEqual({ steps: 2 });
  peer.close();
});

test("a peer's error is one line that names it", async () => {
  const peer = await start('complains', `console.log('{"error": "MemoryError: too much"}')`);
  await expect(peer.ask({})).rejects.toThrow(/^peer complains: MemoryError: too much \(/);
  peer.close();
});

test('a peer that ends early is an error with the last line it said', async () => {
  const peer = await start('dies', 'console.error("at x\\nlast words"); process.exit(1);');
  await expect(peer.ask({})).rejects.toThrow(/^peer dies: ended early \(.*: last words\)$/);
  await expect(
    start('mute', '', 'console.error("no module named torch"); process.exit(1);'),
  ).rejects.toThrow(/^peer mute: ended early \(.*: no module named torch\)$/);
});

test('a peer that cannot be started is an error', async () => {
  const python = join(folder, 'absent');
  await expect(startPeer('none', python, 'x.py', process.env)).rejects.toThrow(
    /^peer none: ended early \(.*absent: .*ENOENT\)$/,
  );
});
