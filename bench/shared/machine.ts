import { cpus, loadavg, release, type } from 'node:os';

/** What the numbers were measured on. */
export function machineFacts(): object {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    loadAverage: loadavg(),
  };
}

/** A machine that is busy at the start is busy for every contestant, but times are no longer its own. */
export function busyNotes(): readonly string[] {
  const [load] = loadavg();
  return load > 1.5
    ? [`the machine is busy (load average ${load.toFixed(1)}): trust ratios, not times`]
    : [];
}
