/**
 * Told which code of a claim runs next. A thread that judges sets it, so that another thread can say where this one
 * is when it does not come back.
 */
export interface Watch {
  /** The code that is entered: claim, reading, trial, function. */
  readonly enter: (where: string) => void;
  /** The draw that the code is given from here on. */
  readonly draw: (stream: string, trial: number) => void;
}

const UNWATCHED: Watch = { enter: () => {}, draw: () => {} };
let watch = UNWATCHED;

/** Sets the watch of this thread; null for none. */
export function watchClaimCode(by: Watch | null): void {
  watch = by ?? UNWATCHED;
}

/** Says that a claim's code is entered. */
export function entering(where: string): void {
  watch.enter(where);
}

/** Says which draw is worked on. */
export function drawing(stream: string, trial: number): void {
  watch.draw(stream, trial);
}
