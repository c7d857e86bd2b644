import type { Json } from '../../model/index.js';

/** The draw on which a claim's code failed, as it is told. */
export interface FaultyDrawNote {
  readonly stream: string;
  readonly trial: number;
  /** Null where there is none, or none that is plain data. */
  readonly instance: Json | null;
}

/** An error on its way between threads, which keep no kinds of errors. */
export interface ErrorNote {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly draw: FaultyDrawNote | null;
}

/** What a task gave, or the error that ended it. */
export type Answer<T> = { readonly result: T } | { readonly error: ErrorNote };

/** What a thread is asked. */
export interface Question {
  readonly id: number;
  readonly task: Task;
}

/** The kind names what does it (`claim-thread-main.ts`); the rest is its own, plain data. */
export interface Task {
  readonly kind: 'load' | 'judge' | 'redraw' | 'store' | 'advance' | 'shrink';
}

/** What a thread says. */
export type Reply =
  | { readonly id: number; readonly answer: Answer<unknown> }
  | { readonly id: number; readonly note: unknown }
  /** Nothing is left that could settle what the task awaits. */
  | { readonly id: number; readonly never: true };
