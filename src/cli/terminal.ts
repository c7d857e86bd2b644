import { oneLine } from '../model/index.js';
import type { Format } from './styled-lines.js';
import { styled, styledLines } from './styled-lines.js';

/** Where the command line writes for people: standard error while standard output carries JSON. */
export interface Terminal {
  /**
   * Prints a line; control characters in it are escaped. A line that is wider than the terminal is broken at spaces,
   * and what follows indented by `hang` columns (default: two more than the line itself).
   */
  readonly print: (line?: string, hang?: number) => void;
  /** Replaces the status line; does nothing when the stream is not a TTY or output is quiet. */
  readonly status: (line: string) => void;
  readonly clearStatus: () => void;
  /** A line on standard error, also when output is quiet. */
  readonly complain: (line: string) => void;
  /** Text in a format, for `print`. */
  readonly style: (format: Format, text: string) => string;
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
  const columns = stream.isTTY ? stream.columns || 80 : Infinity;
  let shown = false;
  const clearStatus = (): void => {
    if (!shown) return;
    process.stderr.write('\r\u001B[2K');
    shown = false;
  };
  return {
    print(line = '', hang?: number) {
      clearStatus();
      if (options.quiet) return;
      const lines = styledLines(line, { colour, columns, ...(hang === undefined ? {} : { hang }) });
      stream.write(`${lines.join('\n')}\n`);
    },
    status(line) {
      if (!live) return;
      const width = (process.stderr.columns || 80) - 1;
      process.stderr.write(`\r\u001B[2K${oneLine(line).slice(0, width)}`);
      shown = true;
    },
    clearStatus,
    complain(line) {
      clearStatus();
      process.stderr.write(`${line}\n`);
    },
    style: styled,
    columns,
  };
}
