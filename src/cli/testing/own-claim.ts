/** A false claim of a user's own, with assumptions, a certificate, simplifications left to Falsum. */
export const OWN_CLAIM = `import fc from 'fast-check';
import { atMost, cite, claim, compare, decided, dot, dotExact, formatRational, fromDouble, generator, multiply, scaleSides, tex, universal, sumExact } from 'falsum';
import type { Certificate } from 'falsum';

interface Instance {
  readonly inner: readonly (readonly number[])[];
  readonly outer: readonly number[];
  readonly input: readonly number[];
}

const size = fc.integer({ min: 1, max: 5 });
const instances = generator({
  law: 'width uniform on 1…5, dimension on 2…6, weights and input uniform on [−1, 1)',
  structure: fc.record({ width: size, dim: size.map((n) => n + 1) }),
  build({ width, dim }, random): Instance {
    const vector = (n: number) => Array.from({ length: n }, () => 2 * random.uniform() - 1);
    const inner = Array.from({ length: width }, () => vector(dim));
    return { inner, outer: vector(width), input: vector(dim) };
  },
  labels: ({ outer }) => [\`width \${outer.length}\`],
});

const largest = (vector: readonly number[]) => Math.max(...vector.map(Math.abs));

/** The violation in exact rationals: the doubles of the instance are taken as they are. */
function certify({ inner, outer, input }: Instance): Certificate {
  const output = sumExact(
    inner.flatMap((row, j) => {
      const product = dotExact(row, input);
      return compare(product, 0n) > 0 ? [multiply(product, fromDouble(outer[j]))] : [];
    }),
  );
  const size = compare(output, 0n) < 0 ? multiply(-1n, output) : output;
  const bound = multiply(
    largest(input),
    sumExact(inner.map((row, j) => multiply(Math.abs(outer[j]), largest(row)))),
  );
  return {
    kind: 'instance',
    statement: 'The output is larger than the bound.',
    argument: 'Both sides are rational, and the check compares them.',
    checks: [
      { what: 'largest entry of the input', left: formatRational(largest(input)), relation: '>', right: '0', holds: largest(input) > 0, settles: 'the input is not 0' },
      { what: '|f(x)|', left: formatRational(size), relation: '>', right: formatRational(bound), holds: compare(size, bound) > 0 },
    ],
  };
}

export default claim({
  id: 'example/max-norms-bound-the-output',
  version: 1,
  catalogue: null,
  source: cite('example', 'Lemma 2'),
  standing: 'lemma',
  title: 'Largest entries bound the output',
  statement: tex\`|\\sum_j a_j \\max(0, b_j \\cdot x)| \\le \\|x\\|_\\infty \\sum_j |a_j| \\|b_j\\|_\\infty\`,
  readings: {
    literal: universal({
      note: 'As printed.',
      instances,
      assumptions: [
        { name: 'the input is not 0', tex: tex\`x \\ne 0\`, margin: ({ input }) => (largest(input) > 0 ? 0 : -1) },
      ],
      conclude({ inner, outer, input }) {
        const output = inner.reduce((sum, b, j) => sum + outer[j] * Math.max(0, dot(b, input)), 0);
        const bound = largest(input) * inner.reduce((sum, b, j) => sum + Math.abs(outer[j]) * largest(b), 0);
        return decided('exact', [atMost('|f(x)| ≤ bound', Math.abs(output), bound, 1e-13)]);
      },
      certify,
      controls: { tenth: scaleSides(1, 0.1, 'A tenth of it suffices.', 'one neuron along x attains the bound') },
      coverage: { sampled: { 'width 1': 'one neuron', 'width 5': 'five neurons' } },
    }),
  },
});
`;
