import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BenchError } from './errors.js';

/** The line with which a peer starts (`bench/peers/protocol.py`). */
export interface Greeting {
  readonly peer: string;
  readonly version: string;
  readonly python: string;
  readonly threads: number;
  /** The file of the BLAS in use, where it is known. */
  readonly blas: string | null;
  readonly variants: readonly string[];
}

/** A peer that answers one request after another. */
export interface PeerProcess {
  readonly greeting: Greeting;
  readonly ask: (request: object) => Promise<Readonly<Record<string, unknown>>>;
  /** Ends it; nothing may be asked afterwards. */
  readonly close: () => void;
}

/** No answer takes longer than this many seconds; a peer that hangs must not hang the benchmark. */
const MOST_SECONDS = 120;

/**
 * Starts a peer and waits for its greeting.
 *
 * @throws BenchError when it cannot be started or ends early; so do its answers
 */
export async function startPeer(
  name: string,
  python: string,
  script: string,
  env: NodeJS.ProcessEnv,
): Promise<PeerProcess> {
  const child = spawn(python, [script], { env, stdio: 'pipe' });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = text.trim().split('\n').at(-1) ?? '';
  });
  let failure: string | null = null;
  child.on('error', (error) => {
    failure = error.message;
  });
  // Writing to a peer that has just ended; the missing answer says so.
  child.stdin.on('error', () => undefined);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);

  async function nextLine(): Promise<Readonly<Record<string, unknown>>> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, 1000 * MOST_SECONDS);
    const { value, done } = await lines.next();
    clearTimeout(timer);
    if (done !== true) return JSON.parse(value) as Readonly<Record<string, unknown>>;
    if (late) throw new BenchError(`peer ${name}: gave no answer in ${MOST_SECONDS} s (${python})`);
    const why = complaint || (failure ?? 'no message');
    throw new BenchError(`peer ${name}: ended early (${python}: ${why})`);
  }

  const greeting = (await nextLine()) as unknown as Greeting;
  return {
    greeting,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const answer = await nextLine();
      if (typeof answer['error'] !== 'string') return answer;
      throw new BenchError(`peer ${name}: ${answer['error']} (${python})`);
    },
    close() {
      process.off('exit', kill);
      child.stdin.end();
      kill();
    },
  };
}
