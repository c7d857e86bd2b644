/** The exponent of the smallest subnormal double. */
export const LEAST_EXPONENT = -1074;

/** 2^k at index k − LEAST_EXPONENT, k = −1074…1023. */
export const POWERS_OF_TWO = new Float64Array(1024 - LEAST_EXPONENT);

for (let i = 0, power = Number.MIN_VALUE; power < Infinity; i += 1, power *= 2) {
  POWERS_OF_TWO[i] = power;
}
