import type { Features, OpaqueInstance, Rung, Trial, TrialRecord } from '../claims/index.js';
import { featuresOf, guarded, runControlTrial, runTrial } from '../claims/index.js';
import { testDraw } from '../generators/index.js';
import { toolsOf } from '../hunting/index.js';
import type { SessionJob } from './evidence-session.js';
import { startMutants } from './mutants.js';
import type { MutantRuns } from './mutants.js';
import type { ViolatingTrial } from './settle.js';

/** The tools of a trial: its attack's randomness depends on the key alone. */
export function toolsFor({ engine, effort, settings, claim, readingId }: SessionJob) {
  return (stream: string, trial: number) =>
    toolsOf(engine, effort.attack, settings.seed, claim.id, readingId, stream, trial);
}

/** The trials of the test stream of one reading, with what its controls and mutants say of each. */
export interface TestStream {
  readonly trials: readonly Trial[];
  /** Lowest first. */
  readonly violations: readonly ViolatingTrial[];
  readonly controls: readonly {
    readonly name: string;
    readonly control: SessionJob['reading']['controls'][string];
    readonly records: readonly TrialRecord[];
  }[];
  readonly features: readonly Features[];
  /** Null where mutants do not run. */
  readonly mutants: MutantRuns | null;
  /**
   * Draws a trial and judges it; `rung` is null without a ladder.
   *
   * @param beyond whether the rung is one of the ladder's extension, a stream of its own
   * @throws ClaimFault when the claim's own code throws or returns something malformed
   */
  readonly draw: (t: number, rung: Rung | null, beyond: boolean) => Promise<TrialRecord>;
}

/** The test stream of a reading before its first trial. */
export function openTestStream(job: SessionJob): TestStream {
  const { claim, readingId, reading, settings } = job;
  const key = [settings.seed, claim.id, readingId];
  const place = `${claim.id}, reading ${readingId}`;
  const ladder = 'ladder' in reading ? reading.ladder : null;
  const tools = toolsFor(job);
  const trials: Trial[] = [];
  const violations: ViolatingTrial[] = [];
  const features: Features[] = [];
  const controls = Object.entries(reading.controls).map(([name, control]) => ({
    name,
    control,
    records: [] as TrialRecord[],
  }));
  const mutants =
    (settings.mutants ?? settings.profile === 'nightly') ? startMutants(reading) : null;
  return {
    trials,
    violations,
    controls,
    features,
    mutants,
    async draw(t, rung, beyond) {
      const extension = beyond && rung !== null ? ['extension', rung.path, rung.size] : [];
      const where = `${place}, ${beyond ? 'extension ' : ''}trial ${t}`;
      const drawn = guarded(`${where}, instances`, () =>
        testDraw<OpaqueInstance>(
          ladder === null || rung === null ? reading.instances : ladder.at(rung),
          [...key, ...extension],
          t,
        ),
      );
      const context = {
        where,
        trial: t,
        tools: tools(beyond ? extension.join(' ') : 'test', t),
        ...(rung === null ? {} : { rung }),
      };
      const trial = await runTrial(reading, drawn, context);
      trials.push(trial);
      if (trial.record.outcome === 'holds' || trial.record.outcome === 'violated') {
        features.push(
          guarded(`${place}, trial ${t}, features`, () =>
            (reading.features ?? featuresOf)(drawn.instance),
          ),
        );
      }
      if (trial.record.outcome === 'violated') violations.push({ trial, seed: drawn.seed, rung });
      for (const { name, control, records } of controls) {
        records.push(await runControlTrial(control, name, reading, trial, context));
      }
      await mutants?.see(trial, context);
      return trial.record;
    },
  };
}
