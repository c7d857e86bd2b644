import type {
  Features,
  OpaqueInstance,
  Rung,
  Suspect,
  Trial,
  TrialRecord,
} from '../claims/index.js';
import {
  featuresOf,
  guarded,
  onDraw,
  runControlTrial,
  runTrial,
  stratumOf,
} from '../claims/index.js';
import { lawDraw, stratumDraw, testDraw } from '../generators/index.js';
import { toolsOf } from '../hunting/index.js';
import type { SessionJob } from './evidence-session.js';
import { lawAt } from './draws.js';
import { firstLooks } from './first-looks.js';
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
  /** Fresh draws of suspicious strata: none of the mixture, so that controls, figures and finds do not see them. */
  readonly retests: readonly TrialRecord[];
  /**
   * Draws a suspicious stratum afresh at a size of its path and judges the draw; null where it cannot be drawn.
   *
   * @throws ClaimFault as `draw`
   */
  readonly retest: (t: number, suspect: Suspect, rung: Rung) => Promise<TrialRecord | null>;
}

/** The test stream of a reading before its first trial. */
export function openTestStream(job: SessionJob): TestStream {
  const { claim, readingId, reading, settings } = job;
  const key = [settings.seed, claim.id, readingId];
  const place = `${claim.id}, reading ${readingId}`;
  const tools = toolsFor(job);
  const looks = firstLooks(job);
  const trials: Trial[] = [];
  const retests: TrialRecord[] = [];
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
      const stream = beyond ? extension.join(' ') : 'test';
      const at = { stream, trial: t, ...(rung === null ? {} : { rung }) };
      const draws = () =>
        guarded(`${where}, instances`, () => {
          const law = lawAt(reading, rung);
          return {
            drawn: testDraw<OpaqueInstance>(law, [...key, ...extension], t),
            again:
              law.again !== undefined && reading.kind === 'limit' && reading.law === 'structure',
          };
        });
      const { drawn, again } = await onDraw(at, async () => draws());
      const context = {
        where,
        trial: t,
        tools: tools(stream, t),
        ...(rung === null ? {} : { rung }),
        ...(again ? { law: drawn.seed } : {}),
      };
      return onDraw({ ...at, instance: drawn.instance }, async () => {
        const look = looks.at(at, drawn, where);
        look?.draw(() => draws().drawn);
        const trial = await runTrial(reading, drawn, context);
        await look?.conclusion(trial.record, async () => {
          const fresh = { ...context, tools: tools(stream, t) };
          return (await runTrial(reading, drawn, fresh)).record;
        });
        const recordsOfControls: TrialRecord[] = [];
        for (const { name, control } of controls) {
          recordsOfControls.push(await runControlTrial(control, name, reading, trial, context));
          look?.unchanged(`control “${name}”`);
        }
        await mutants?.see(trial, context);
        const { outcome } = trial.record;
        if (outcome === 'holds' || outcome === 'violated') {
          features.push(
            guarded(`${where}, features`, () => (reading.features ?? featuresOf)(drawn.instance)),
          );
          look?.unchanged('features');
        }
        trials.push(trial);
        if (outcome === 'violated') violations.push({ trial, seed: drawn.seed, rung });
        controls.forEach(({ records }, i) => records.push(recordsOfControls[i]));
        return trial.record;
      });
    },
    retests,
    async retest(t, suspect, rung) {
      const { stratum, law } = suspect;
      const stream = ['stratum', rung.path, rung.size, stratum, law ?? 'all'];
      const where = `${place}, trial ${t} of ${stratum}`;
      const at = { stream: stream.join(' '), trial: t, rung };
      const drawn = await onDraw(at, async () =>
        guarded(`${where}, instances`, () => {
          const mixture = lawAt(reading, rung);
          return law === null
            ? stratumDraw(
                mixture,
                [...key, ...stream],
                t,
                (labels) => stratumOf(reading, labels) === stratum,
              )
            : lawDraw(mixture, law, [...key, ...stream], t);
        }),
      );
      if (drawn === null) return null;
      return onDraw({ ...at, instance: drawn.instance }, async () => {
        const { record } = await runTrial(reading, drawn, {
          where,
          trial: t,
          tools: tools(at.stream, t),
          rung,
          retest: suspect,
        });
        retests.push(record);
        return record;
      });
    },
  };
}
