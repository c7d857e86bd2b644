import { explanationHtml } from './explanation-html.js';
import type { Html } from './markup.js';
import { codeBlock, exactNumber, paragraph, table } from './markup.js';
import type { CounterexampleView, Shown } from './result-view.js';
import { proseHtml } from './rich-text.js';
import { counted, escapeMarkup, formatNumber, sentence } from './text.js';

/** Checks of a certificate that the page shows; families have hundreds. */
const MOST_CHECKS = 16;

const GRADE_MEANS: Readonly<Record<CounterexampleView['grade'], string>> = {
  certified: 'certified: exact arithmetic shows the violation and every assumption',
  confirmed: 'confirmed: an independent computation with more digits repeats it',
  statistical: 'statistical: an e-value or a ladder',
  suspect: 'suspect: floating point only; kept and shown, never counted',
};

/** One counterexample: both sides, margin, certificate with its checks, confirmation, replay. */
export async function counterexampleHtml(found: CounterexampleView): Promise<Html> {
  const { certificate, confirmation, nearestAssumption } = found;
  const parts = [
    `<p style="margin:8px 0"><b>${escapeMarkup(found.id)}</b>, ${escapeMarkup(GRADE_MEANS[found.grade])}${checkedMeans(found)}. Stored in <code>${escapeMarkup(found.file)}</code>; the attachment holds the same text.</p>`,
    sidesTable(found),
  ];
  if (nearestAssumption !== null) {
    parts.push(
      paragraph(
        `Every assumption holds; the one nearest to failing is “${nearestAssumption.name}”, with margin ${formatNumber(nearestAssumption.margin)}.`,
      ),
    );
  }
  if (certificate !== null) {
    parts.push(
      `<p style="margin:8px 0"><b>Certificate.</b> ${await proseHtml(sentence(certificate.statement))} ${await proseHtml(sentence(certificate.argument))}</p>`,
      table(
        ['checked exactly', 'left side', '', 'right side', 'holds'],
        await Promise.all(
          certificate.checks
            .slice(0, MOST_CHECKS)
            .map(async ({ what, left, relation, right, holds }) => [
              await proseHtml(what),
              exactNumber(left),
              escapeMarkup(relation),
              exactNumber(right),
              holds ? 'yes' : '<b>no</b>',
            ]),
        ),
      ),
    );
  }
  const more = (certificate?.checks.length ?? 0) - MOST_CHECKS;
  if (certificate !== null && more > 0) {
    const failing = certificate.checks.slice(MOST_CHECKS).filter(({ holds }) => !holds).length;
    parts.push(
      paragraph(
        `${counted(more, 'more check')}, of which ${failing === 0 ? 'all hold' : `${failing} fail`}: see the attachment.`,
      ),
    );
  }
  if (confirmation !== null) {
    parts.push(
      `<p style="margin:8px 0"><b>Recomputed</b> with ${confirmation.digits} digits: ${await proseHtml(sentence(confirmation.method))}</p>`,
      table(
        ['recomputed', 'value', 'outcome'],
        [
          [
            `left side of “${escapeMarkup(confirmation.clause)}”`,
            exactNumber(confirmation.lhs),
            confirmation.violated ? 'greater than the right side' : '<b>not violated</b>',
          ],
          ['right side', exactNumber(confirmation.rhs), ''],
          ...confirmation.assumptions.map(({ name, margin, holds }) => [
            `margin of “${escapeMarkup(name)}”`,
            exactNumber(margin),
            holds ? 'holds' : '<b>fails</b>',
          ]),
        ],
      ),
    );
  }
  if (found.explanation !== null) parts.push(explanationHtml(found.explanation));
  parts.push(codeBlock(found.replay));
  return parts.join('');
}

function checkedMeans({ grade, checked }: CounterexampleView): string {
  if (checked === true) return '; the independent checker accepts the certificate';
  if (checked === false) return '; the independent checker rejects the certificate';
  return grade === 'certified' ? '; not independently checked' : '';
}

function sidesTable({ form, clause, lhs, rhs, margin }: CounterexampleView): Html {
  if (form === 'family' || (lhs === null && rhs === null)) return '';
  return table(
    ['violated clause', 'left side', 'right side (left ≤ right is claimed)', 'margin, enclosed'],
    [
      [
        escapeMarkup(clause),
        sideHtml(lhs),
        sideHtml(rhs),
        margin === null
          ? ''
          : `[${escapeMarkup(formatNumber(margin.lower, 6))}, ${escapeMarkup(formatNumber(margin.upper, 6))}]`,
      ],
    ],
  );
}

function sideHtml(value: Shown | null): Html {
  return value === null ? '' : escapeMarkup(formatNumber(value, 10));
}
