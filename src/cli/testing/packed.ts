import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { ROOT } from './sandbox.js';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the built package as npm publishes it, into a folder of its own that is removed at the end. */
export function pack() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'falsum-packed-')));
  afterAll(() => {
    rmSync(place, { recursive: true });
  });
  const { stdout, stderr } = run(ROOT, 'npm', [
    ...['pack', '--json', '--ignore-scripts', '--pack-destination', place],
  ]);
  if (stdout === '') throw new Error(`npm pack: ${stderr}`);
  const [packed] = JSON.parse(stdout) as Packed[];
  const tarball = join(place, packed.filename);
  const app = join(place, 'app');
  mkdirSync(app);
  const installed = process.env['FALSUM_PACKED_INSTALL'] === '1' && install(app, tarball);
  if (!installed) unpack(app, tarball);
  return { ...packed, app, installed };
}

/** npm's own installation, with what it has downloaded before; false, with a line, where it cannot. */
function install(app: string, tarball: string): boolean {
  const { status, stderr } = run(app, 'npm', [
    ...['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball],
  ]);
  if (status === 0) return true;
  console.log(`npm install of the tarball is left out: ${stderr.split('\n')[0]}`);
  return false;
}

/**
 * Without the registry: the tarball unpacked where npm would put it, and beside it the packages that it declares and
 * no others. What it imports and does not declare is not found.
 */
function unpack(app: string, tarball: string): void {
  const modules = join(app, 'node_modules');
  mkdirSync(join(modules, 'falsum'), { recursive: true });
  run(app, 'tar', ['xzf', tarball, '-C', join(modules, 'falsum'), '--strip-components=1']);
  const { dependencies } = JSON.parse(
    readFileSync(join(modules, 'falsum', 'package.json'), 'utf8'),
  ) as { dependencies: Readonly<Record<string, string>> };
  for (const name of Object.keys(dependencies)) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), link);
  }
}

/** Runs a program to its end. */
export function run(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  return { status, stdout, stderr };
}
