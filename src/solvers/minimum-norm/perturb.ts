/** Distinct relative shifts in [½, 1]·share of the largest label, signs alternating, from multiples of the golden ratio. */
export function perturb(
  target: Float64Array,
  labels: Float64Array,
  share: number,
  variant: number,
): void {
  let largest = 0;
  for (let i = 0; i < labels.length; i += 1) largest = Math.max(largest, Math.abs(labels[i]));
  for (let i = 0; i < labels.length; i += 1) {
    const fraction = ((i + 1) * 0.6180339887498949 + variant * 0.7548776662466927) % 1;
    const sign = ((i >> (variant >> 1)) + variant) % 2 === 0 ? 1 : -1;
    target[i] = labels[i] + share * largest * (0.5 + fraction / 2) * sign;
  }
}
