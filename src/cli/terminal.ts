import { styleText } from 'node:util';

/** Where the command line writes for people: standard error while standard output carries JSON. */
export interface Terminal {
  readonly print: (line?: string) => void;
  /** Replaces the status line; does nothing when the stream is not a TTY or output is quiet. */
  readonly status: (line: string) => void;
  readonly clearStatus: () => void;
  readonly style: (
    format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'gray',
    text: string,
  ) => string;
  /** Infinity where nobody sees where a line ends. */
  readonly columns: number;
}

const toStdout = process.stdout.write.bind(process.stdout);

/** Writes to standard output also while everything else that writes there is sent to standard error. */
export function writeToStdout(text: string): void {
  toStdout(text);
}

/** A terminal that honours NO_COLOR, --quiet and --json -. */
export function terminal(options: {
  readonly quiet: boolean;
  readonly jsonOnStdout: boolean;
}): Terminal {
  const stream = options.jsonOnStdout ? process.stderr : process.stdout;
  // Claim files print what they like; standard output is for the JSON alone.
  if (options.jsonOnStdout) {
    process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  }
  const colour = stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  const live = process.stderr.isTTY === true && !options.quiet;
  let shown = false;
  const clearStatus = (): void => {
    if (!shown) return;
    process.stderr.write('\r\u001B[2K');
    shown = false;
  };
  return {
    print(line = '') {
      clearStatus();
      if (!options.quiet) stream.write(`${line}\n`);
    },
    status(line) {
      if (!live) return;
      const width = (process.stderr.columns || 80) - 1;
      process.stderr.write(`\r\u001B[2K${line.slice(0, width)}`);
      shown = true;
    },
    clearStatus,
    style: (format, text) => (colour ? styleText(format, text) : text),
    columns: stream.isTTY ? stream.columns || 80 : Infinity,
  };
}
