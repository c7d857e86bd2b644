import type { Suspect, SuspectAtEnd, Tally, TrialRecord, VerifiedFamily } from '../claims/index.js';
import { drawsOf, judge, standing, suspectsToDraw, tallyOf } from '../claims/index.js';
import { suspectStream } from '../evidence/index.js';
import type { EvidenceSession, SessionJob } from './evidence-session.js';
import type { TestStream } from './test-stream.js';

/** Suspects of a path that may be surely above the tolerance before the others are left alone: the verdict is settled. */
const MOST_ABOVE = 2;

/** How many fresh draws were made, and how many more a budget cut off. */
export interface Retested {
  readonly drawn: number;
  readonly cut: number;
}

/**
 * Draws the suspicious strata of a `limit` reading again: at the end of their path as often as this run visited it, or
 * until their violation rate is surely within the tolerance or above; where it is above, at every size of the path and of
 * its extension too. What is drawn depends on the evidence so far alone. Nothing where a family refutes anyway or the mixture is stuck.
 *
 * @param late whether the budget is spent
 */
export async function retestSuspects(
  { judged, effort, reading }: Pick<SessionJob, 'judged' | 'effort' | 'reading'>,
  session: EvidenceSession,
  stream: TestStream,
  families: readonly VerifiedFamily[],
  late: () => boolean,
): Promise<Retested> {
  let [drawn, cut] = [0, 0];
  if (reading.kind !== 'limit' || families.some(({ holds }) => holds)) return { drawn, cut };
  const { ladder } = reading;
  const mixture = stream.trials.map(({ record }) => record);
  const soFar = (): Promise<Tally> => session.soFar([...mixture, ...stream.retests]);
  const refuted = (tally: Tally): boolean =>
    judge(judged, { tally, finds: [], families, effort }).verdict === 'refuted';
  const tally = await soFar();
  if (refuted(tally)) return { drawn, cut };
  const suspects = suspectsToDraw(judged, tally);
  const among = countOf([...suspects, ...(tally.retests ?? [])]);
  const above = new Map<string, number>();
  for (const suspect of suspects) {
    const { path } = suspect;
    if ((above.get(path) ?? 0) >= MOST_ABOVE) continue;
    const visits = visitsTo(mixture, suspect);
    const { stands, draws } = await draw(suspect, suspect.size, visits, true);
    if (stands !== 'above') continue;
    above.set(path, (above.get(path) ?? 0) + 1);
    const others = [...ladder.rungs, ...(ladder.extended ?? [])].filter(
      (rung) => rung.path === path && rung.size !== suspect.size,
    );
    // Three times what the last size took excludes rates that fall along the others, too.
    const enough = Math.min(visits, 3 * draws);
    for (const { size } of others) await draw(suspect, size, enough, false);
    if (refuted(await soFar())) break;
  }
  return { drawn, cut };

  async function draw(suspect: SuspectAtEnd, size: number, visits: number, decides: boolean) {
    const asked: Suspect = { path: suspect.path, stratum: suspect.stratum, law: suspect.law };
    const before = drawsOf(tally, asked, size);
    const fresh: TrialRecord[] = [];
    const now = () => {
      const { retests = [] } = tallyOf(judged, fresh);
      const own = drawsOf({ ...tally, retests }, asked, size);
      const all = {
        telling: before.telling + own.telling,
        gaveUp: before.gaveUp + own.gaveUp,
        violated: before.violated + own.violated,
      };
      const stands = standing(judged, tally, asked, all, among);
      return { stands, draws: all.telling + all.gaveUp };
    };
    const settled = (): boolean => decides && now().stands !== 'open';
    if (settled()) return now();
    for (const t of await session.goOn(suspectStream(asked, size), visits)) {
      if (late()) {
        cut += visits - fresh.length;
        break;
      }
      const record = await stream.retest(t, asked, { path: suspect.path, size });
      // A stratum too rare to be drawn again: the judge says so.
      if (record === null) break;
      fresh.push(record);
      drawn += 1;
      await session.note(record);
      if (settled()) break;
    }
    await session.flush();
    return now();
  }
}

/** How often this run visited a rung. */
function visitsTo(records: readonly TrialRecord[], { path, size }: SuspectAtEnd): number {
  return records.filter(({ rung }) => rung?.path === path && rung.size === size).length;
}

function countOf(suspects: readonly Suspect[]): number {
  return new Set(suspects.map(({ path, stratum, law }) => JSON.stringify([path, stratum, law])))
    .size;
}
