import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PowerPart } from '../part.js';
import { fuzzFiles } from './fuzz.js';

/** Files that Falsum reads back, cut and forged: what it makes of them. */
export const hostile: PowerPart = {
  name: 'hostile',
  about: 'Hostile files of every kind that is read back: refused in one line, or harmless',
  has: (only) => 'hostile'.includes(only),
  async run({ extent, out }) {
    const folder = mkdtempSync(join(tmpdir(), 'falsum-hostile-'));
    const files = { quick: 1400, normal: 5600, long: 20_000 }[extent];
    try {
      const { kinds, failures } = await fuzzFiles(join(folder, 'files'), files, 1, (done) =>
        out.status(`read ${done} of ${files} hostile files`),
      );
      for (const { kind, ...counts } of kinds) {
        out.print(
          `${kind.padEnd(16)} ${counts.files} files, ${counts.refused} refused, ${counts.read} read without harm, the slowest in ${counts.slowestMs} ms`,
        );
      }
      return { json: { files, kinds }, figures: {}, failures };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
