import type { AnyReading, Effort, Judged } from '../claims/index.js';
import { DEFAULT_EFFORT } from '../claims/index.js';
import type { RunSettings } from './settings.js';

/** The effort of a reading in a profile. */
export function effortOf(reading: AnyReading, profile: RunSettings['profile']): Effort {
  return { ...DEFAULT_EFFORT[profile], ...reading.effort?.[profile] };
}

/** The part of a reading that its judge needs. */
export function judgedOf(reading: AnyReading): Judged {
  const { kind, coverage } = reading;
  switch (reading.kind) {
    case 'limit':
      return { kind, coverage, ...ladderOf(reading), tolerance: reading.tolerance };
    case 'scaling':
      return {
        kind,
        coverage,
        ...ladderOf(reading),
        constants: reading.constants,
        ...(reading.decides === undefined ? {} : { decides: reading.decides }),
      };
    case 'observation':
      return { kind, coverage, reported: reading.reported };
    default:
      return { kind, coverage };
  }
}

function ladderOf({
  ladder,
}: Extract<AnyReading, { ladder: unknown }>): Pick<Judged, 'rungs' | 'extended'> {
  const { rungs, extended } = ladder;
  return extended === undefined ? { rungs } : { rungs, extended };
}
