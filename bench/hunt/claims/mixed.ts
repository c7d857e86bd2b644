import fc from 'fast-check';
import { normalVector } from '../../../src/math/index.js';
import { benchmark } from '../benchmark.js';

interface Choice {
  readonly k: number;
  readonly x: readonly number[];
}

/**
 * v = |k − 73|/20 + Σ(xᵢ − k/50)² for an integer k uniform on 0…99 and x ~ N(0, I₄): each k has its own best x. Only
 * k = 73 can go below t = 0.05: P = 10⁻²·P(‖x − 1.46·1‖² < t) ≈ 10⁻²·φ(1.46)⁴·(π²/2)t² = 10⁻²·3.6e-4·0.0123 = 4.4e-8, with the next term 4.5e-8.
 */
const chosen = benchmark({
  name: 'one-integer-in-a-hundred',
  difficulty: 'discrete and continuous',
  heldOut: false,
  probability: 4.5e-8,
  law: 'k uniform on 0…99, x ~ N(0, I₄)',
  structure: fc.integer({ min: 0, max: 99 }),
  build: (k, random): Choice => ({ k, x: normalVector(random, 4) }),
  value: ({ k, x }: Choice) =>
    Math.abs(k - 73) / 20 + x.reduce((sum, v) => sum + (v - k / 50) ** 2, 0),
  floor: 0.05,
  trueFloor: 0,
});

interface Digits {
  readonly digits: readonly number[];
  readonly x: readonly number[];
}
const CODE = [3, 1, 4, 1];

/**
 * v = Σ|digitᵢ − codeᵢ|/5 + |x₁ − x₂| + |x₁ + x₂ − s/9| with s the sum of the digits, for four digits and x uniform on
 * [0, 1)². Below t = 0.02 all digits are right: P = 10⁻⁴·area of the rotated square = 10⁻⁴·t² = 4e-8.
 */
const code = benchmark({
  name: 'four-digits',
  difficulty: 'discrete and continuous',
  heldOut: true,
  probability: 1e-4 * 0.02 ** 2,
  law: 'four digits uniform on 0…9, x uniform on [0, 1)²',
  structure: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
  build: (digits, random): Digits => ({ digits, x: [random.uniform(), random.uniform()] }),
  value({ digits, x }: Digits) {
    const off = digits.reduce((sum, digit, i) => sum + Math.abs(digit - CODE[i]), 0);
    const total = digits.reduce((sum, digit) => sum + digit, 0);
    return off / 5 + Math.abs(x[0] - x[1]) + Math.abs(x[0] + x[1] - total / 9);
  },
  floor: 0.02,
  trueFloor: 0,
});

export const mixed = [chosen, code];
