import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Lints one planted file in a throw-away folder of the given part of the tree. */
function lintPlanted(folder: string, source: string): string {
  mkdirSync(join(ROOT, folder), { recursive: true });
  const place = mkdtempSync(join(ROOT, folder, 'planted-'));
  try {
    const file = join(place, 'planted.ts');
    writeFileSync(file, source);
    return spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/oxlint/bin/oxlint'), relative(ROOT, dirname(file))],
      { cwd: ROOT, encoding: 'utf8' },
    ).stdout;
  } finally {
    rmSync(place, { recursive: true });
  }
}

describe('imports go one way, and the rule bites', () => {
  const violations: readonly (readonly [folder: string, imports: string])[] = [
    ['src/theory', '../../training/index.js'],
    ['src/training', '../../theory/index.js'],
    ['src/solvers', '../../theory/index.js'],
    ['src/statistics', '../../solvers/index.js'],
    ['src/math', '../../model/index.js'],
    ['src/generators', '../../claims/index.js'],
    ['src/claims', '../../running/index.js'],
    ['src/reporting', '../../running/index.js'],
    ['src/running', '../../cli/main.js'],
    ['properties/song2022', '../../../src/running/index.js'],
    ['properties/song2022', '../../../src/math/vectors.js'],
    ['src/theory', '../../math/vectors.js'],
    ['src/checking', '../../claims/index.js'],
    ['src/checking', '../../math/index.js'],
    ['src/checking/song2022', '../../../../properties/song2022/shared/cell-instances.js'],
    ['src/checking', 'ajv'],
    ['src/checking', 'node:fs'],
    ['src/solvers', '../../checking/index.js'],
    ['src/claims', '../../checking/index.js'],
    ['properties/song2022', '../../../src/checking/index.js'],
    ['src/hunting', '../../checking/rational.js'],
    ['src/files', '../../hunting/index.js'],
    ['src/claims', '../../files/index.js'],
    ['src/running', '../../files/lock.js'],
    ['properties/song2022', '../../../src/files/index.js'],
  ];

  test.each(violations)('%s must not import %s', (folder, imports) => {
    const output = lintPlanted(
      folder,
      `import * as planted from '${imports}';\nexport { planted };\n`,
    );
    expect(output).toContain('no-restricted-imports');
  });

  test.each([
    ['src/theory', '../../math/index.js'],
    ['src/claims', '../../generators/index.js'],
    ['src/hunting', '../../checking/index.js'],
    ['src/evidence', '../../files/index.js'],
    ['src/checking', 'node:crypto'],
    ['src/checking/song2022', '../../rational.js'],
    ['properties/song2022', '../../../src/claims/index.js'],
  ])('%s may import %s', (folder, imports) => {
    const output = lintPlanted(
      folder,
      `import * as planted from '${imports}';\nexport { planted };\n`,
    );
    expect(output).not.toContain('no-restricted-imports');
  });
});
