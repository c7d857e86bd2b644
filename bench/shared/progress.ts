/** Where the benchmark writes for people. */
export interface Progress {
  readonly print: (line?: string) => void;
  /** Replaces the status line of a terminal; elsewhere it does nothing. */
  readonly status: (line: string) => void;
}

/** Lines to standard output, the status to standard error where that is a terminal. */
export function progressTo(quiet: boolean): Progress {
  const live = process.stderr.isTTY === true && !quiet;
  const clear = (): void => {
    if (live) process.stderr.write('\r\u001B[2K');
  };
  return {
    print(line = '') {
      clear();
      if (!quiet) process.stdout.write(`${line}\n`);
    },
    status(line) {
      clear();
      if (live) process.stderr.write(line.slice(0, (process.stderr.columns || 80) - 1));
    },
  };
}
