/** An axis of a chart. */
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

/** What every figure has. */
interface FigureBase {
  readonly title: string;
  /** One or two sentences: what is drawn and what would have looked different if the claim failed. */
  readonly caption: string;
  /** The numbers behind the figure, where they are worth a file of their own. */
  readonly table?: FigureTable;
}

/** Marks in a plane with two number axes. Marks with equal names share a colour. */
export interface Chart extends FigureBase {
  readonly x: Axis;
  readonly y: Axis;
  /** Same length for a unit on both axes, for pictures of the plane. */
  readonly square?: boolean;
  readonly marks: readonly Mark[];
}

/** Named steps of a phase diagram, in the order in which they are drawn. */
export interface Steps {
  readonly label: string;
  readonly values: readonly string[];
}

/** One tile of a phase diagram: a rate with its limits, and the share of trials that decide nothing. */
export interface Tile {
  readonly column: string;
  readonly row: string;
  readonly x: string;
  readonly y: string;
  readonly trials: number;
  /** Share of the trials, in [0, 1]. */
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
  /** Share of the trials that are neither, in [0, 1 − rate]. */
  readonly undecided: number;
}

/**
 * Tiles over two axes of named steps, in facets: one for each value of `columns` and `rows`. A tile that is
 * missing was not asked for; one with 0 trials was asked for and not drawn.
 */
export interface PhaseDiagram extends FigureBase {
  readonly columns: Steps;
  readonly rows: Steps;
  readonly x: Steps;
  readonly y: Steps;
  /** What the rate is. */
  readonly rateLabel: string;
  /** Why a tile may be missing. */
  readonly missingLabel: string;
  readonly tiles: readonly Tile[];
}

/** A figure as plain data; `reporting` draws it. */
export type Figure = Chart | PhaseDiagram;

/** A table as plain data. */
export interface FigureTable {
  /** In a few words, for the list of attachments. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly meaning: string }[];
  /** One entry per column. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}
