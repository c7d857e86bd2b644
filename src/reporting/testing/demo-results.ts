import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadingView } from '../result-view.js';

/** Writes the result files that the runner would leave for these readings, before they are enriched. */
export function writeRunnerResults(resultsDir: string, views: readonly ReadingView[]): void {
  mkdirSync(resultsDir, { recursive: true });
  for (const [index, { claim, reading }] of views.entries()) {
    const result = {
      uuid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      fullName: `.run/${claim.id}.test.ts#${claim.id} ${reading.id}`,
      name: reading.id,
      status: 'passed',
      statusDetails: {},
      stage: 'finished',
      steps: [],
      attachments: [],
      parameters: [],
      links: [],
      labels: [
        { name: 'language', value: 'javascript' },
        { name: 'framework', value: 'vitest' },
        { name: 'host', value: 'some-machine' },
        { name: 'thread', value: 'worker-1' },
        { name: 'suite', value: claim.id },
        { name: 'epic', value: claim.source.key },
        { name: 'feature', value: claim.title },
        { name: 'claim', value: claim.id },
        { name: 'reading', value: reading.id },
      ],
      start: 1_700_000_000_000 + 5000 * index,
      stop: 1_700_000_004_200 + 5000 * index,
    };
    writeFileSync(join(resultsDir, `${result.uuid}-result.json`), JSON.stringify(result));
  }
}
