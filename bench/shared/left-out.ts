/** A contestant that cannot take part here, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}
