import { EXIT } from './errors.js';

const nothingSaid = (): string => 'interrupted';
let describe = nothingSaid;

/** From here on Ctrl-C and SIGTERM print one line and stop with the exit code for them. */
export function catchInterrupts(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      process.stderr.write(`falsum: ${describe()}\n`);
      process.exit(EXIT.interrupted);
    });
  }
}

/** What an interrupt says from here on: what is saved, and where. */
export function onInterrupt(text: () => string): void {
  describe = text;
}
