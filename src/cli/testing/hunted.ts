/** A claim file: v ≤ 0.99 for v uniform on [0, 1) fails in ten groups, by the third decimal. */
export const huntedClaim = `import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, universal } from 'falsum';
type Toy = { value: number };
export default claim({
  id: 'toy/hunted',
  version: 1,
  catalogue: null,
  source: cite('toy', 'nowhere'),
  standing: 'lemma',
  title: 'A toy',
  statement: 'v \\\\le 0.99',
  readings: {
    literal: universal<Toy>({
      note: 'As printed.',
      instances: generator({
        law: 'uniform',
        structure: fc.constant(null),
        build: (_, random) => ({ value: random.uniform() }),
        labels: () => ['all'],
      }),
      assumptions: [],
      conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.99', value, 0.99)]),
      certify: ({ value }) => ({
        kind: 'instance', statement: 'v > 0.99', argument: 'by comparison',
        checks: [{ what: 'v', left: String(value), relation: '>', right: '99/100', holds: value > 0.99 }],
      }),
      groups: { of: ({ value }) => String(Math.floor(value * 1000)), size: ({ value }) => value },
      controls: {
        small: {
          statement: 'v ≤ 0.98',
          argument: 'v is uniform on [0, 1)',
          judge: 'every-draw',
          conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.98', value, 0.98)]),
        },
      },
      coverage: { sampled: { all: 'everything' } },
    }),
  },
});
`;
