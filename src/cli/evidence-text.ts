import { ALPHA, CONFIDENCE } from '../claims/index.js';
import type { LineSummary } from '../running/index.js';
import { rangesText } from '../running/index.js';

/** What a ledger holds of one line of evidence, for people. */
export function lineText(summary: LineSummary): string[] {
  const { reading, version, precision, kind, stale, history } = summary;
  const apart = precision === 'float32' ? ', float32 (apart)' : '';
  return [
    `  ${reading}, version ${version}${kind === null ? '' : `, ${kind}`}${apart}`,
    ...(stale === null ? [] : [field('set aside', `${stale}; counts only`)]),
    field('effort', effort(summary)),
    ...statistics(summary),
    ...history.map((run, i) => {
      const commit = run.commit === null ? 'no commit' : `commit ${run.commit.slice(0, 10)}`;
      const after = run.logEValueAfter === null ? '' : ` · ln e then ${fixed(run.logEValueAfter)}`;
      return field(
        i === 0 ? 'history' : '',
        `${run.startedAt.slice(0, 19)} · ${commit} · ${run.profile}, ${run.engine}, seed ${run.seed} · ${rangesText(run)} · ${run.violated} of ${run.effective} violated${after}`,
      );
    }),
  ];
}

function effort({ trials, batches, engines, history }: LineSummary): string {
  const parts = [`${trials.effective} effective trials`];
  if (trials.violated > 0) parts.push(`${trials.violated} violated`);
  if (trials.discarded > 0) parts.push(`${trials.discarded} discarded`);
  if (trials.gaveUp > 0) parts.push(`${trials.gaveUp} gave up`);
  parts.push(`${history.length} run${history.length === 1 ? '' : 's'}`);
  parts.push(`${batches} batch${batches === 1 ? '' : 'es'}`, engines.join(', '));
  return parts.join(' · ');
}

function statistics(summary: LineSummary): string[] {
  const { logEValue, violationRate: rate, worstMargin, minimumDetectableRate: least } = summary;
  const { impliedConstants, exponents, exponentLimits } = summary;
  const lines: string[] = [];
  if (logEValue !== null) {
    lines.push(
      field(
        'e-value',
        `ln e = ${fixed(logEValue)}; ${fixed(-Math.log(ALPHA))} refutes (α = ${ALPHA})`,
      ),
    );
  }
  if (rate !== null) {
    lines.push(
      field(
        'violation rate',
        `${short(rate.lower)} … ${short(rate.upper)} (${100 * CONFIDENCE} %, however often one looks)`,
      ),
    );
  }
  for (const { path, size, rateLower, rateUpper, effective } of summary.rungs) {
    if (summary.kind !== 'limit' || effective === 0) continue;
    lines.push(
      field(
        'violation rate',
        `${path}, size ${size}: ${short(rateLower)} … ${short(rateUpper)} (${effective} trials)`,
      ),
    );
  }
  if (least !== null) lines.push(field('detectable', `a violation rate of ${short(least)}`));
  if (worstMargin !== null) lines.push(field('worst margin', short(worstMargin)));
  if (impliedConstants !== null && Object.keys(impliedConstants).length > 0) {
    lines.push(field('constants', numbers(impliedConstants)));
  }
  if (exponents !== null && Object.keys(exponents).length > 0) {
    lines.push(field('exponents', numbers(exponents)));
    for (const [name, { lower, upper }] of Object.entries(exponentLimits ?? {})) {
      lines.push(field('', `${name}: ${short(lower)} … ${short(upper)} (${100 * CONFIDENCE} %)`));
    }
  }
  return lines;
}

function field(name: string, value: string): string {
  return `    ${name.padEnd(16)}${value}`;
}

function numbers(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${short(value)}`)
    .join(', ');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function fixed(value: number): string {
  return value.toFixed(1);
}
