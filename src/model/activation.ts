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
