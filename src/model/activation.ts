/** The activations of the catalogue's pool P-A, as plain data. */
export type Activation =
  | { readonly name: 'relu' }
  | { readonly name: 'saturated-relu' }
  | { readonly name: 'step' }
  | { readonly name: 'sigmoid' }
  | { readonly name: 'tanh' }
  | { readonly name: 'arctan' }
  | { readonly name: 'erf' }
  | { readonly name: 'sine' }
  | { readonly name: 'gaussian-bump' }
  | { readonly name: 'softplus'; readonly beta: number }
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'linear' };

export type ActivationName = Activation['name'];

const NAMES: Readonly<Record<ActivationName, true>> = {
  relu: true,
  'saturated-relu': true,
  step: true,
  sigmoid: true,
  tanh: true,
  arctan: true,
  erf: true,
  sine: true,
  'gaussian-bump': true,
  softplus: true,
  constant: true,
  linear: true,
};

/** The names of all activations. */
export const ACTIVATION_NAMES = Object.keys(NAMES) as readonly ActivationName[];
