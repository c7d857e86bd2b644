import { BenchError } from './errors.js';

/** Runs a benchmark's program; an error is one line and an exit code of the command line. */
export async function runBench(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const known = error instanceof BenchError;
    const text = known ? error.message : error instanceof Error ? error.stack : String(error);
    const whose = known ? '' : 'a fault of Falsum: ';
    process.stderr.write(`falsum: bench ${name}: ${whose}${text}\n`);
    // Wrong input, and a fault of Falsum.
    process.exitCode = known ? 2 : 70;
  }
}
