import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock or a reservation. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process was started, in the system's ticks: a process id is used again. Null if unknown. */
  readonly started: string | null;
  /** Tells apart what one process holds. */
  readonly token: string;
}

/** This process as a holder. */
export function thisHolder(): Holder {
  return {
    host: hostname(),
    pid: process.pid,
    started: startedOf(process.pid),
    token: randomUUID(),
  };
}

/** Time after which the holder on another host, of which nothing can be known, is given up. */
const FOREIGN_PATIENCE_MS = 24 * 3_600_000;

/**
 * Whether a holder still runs.
 *
 * @param ageMs time since it last showed itself; counts for other hosts only
 */
export function isAlive(holder: Holder, ageMs: number): boolean {
  if (holder.host !== hostname()) return ageMs < FOREIGN_PATIENCE_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return false;
  }
  const started = startedOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); null where there is no such file. */
export function startedOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** A holder as it stands in a file; null when the text is none, as after a kill while it was written. */
export function readHolder(text: string): Holder | null {
  try {
    const { host, pid, started, token } = JSON.parse(text) as Partial<Holder>;
    if (typeof host !== 'string' || typeof pid !== 'number' || typeof token !== 'string')
      return null;
    return { host, pid, started: started ?? null, token };
  } catch {
    return null;
  }
}
