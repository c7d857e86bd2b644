/** An axis of a figure. */
export interface Axis {
  /** Plain text with Unicode, the unit included. */
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly domain?: readonly [number, number];
}

export type Mark =
  | {
      readonly kind: 'points' | 'line';
      readonly name: string;
      readonly points: readonly (readonly [number, number])[];
    }
  /** Points with a vertical interval: [x, y, low, high]. */
  | {
      readonly kind: 'intervals';
      readonly name: string;
      readonly points: readonly (readonly [number, number, number, number])[];
    }
  /** Arrows from (x1, y1) to (x2, y2). */
  | {
      readonly kind: 'arrows';
      readonly name: string;
      readonly points: readonly (readonly [number, number, number, number])[];
    }
  | { readonly kind: 'horizontal' | 'vertical'; readonly name: string; readonly at: number };

/** A figure as plain data; `reporting` draws it. Marks with equal names share a colour. */
export interface Figure {
  readonly title: string;
  /** One or two sentences: what is drawn and what would have looked different if the claim failed. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Same length for a unit on both axes, for pictures of the plane. */
  readonly square?: boolean;
  readonly marks: readonly Mark[];
}
