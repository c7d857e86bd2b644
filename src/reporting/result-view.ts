import type {
  Certificate,
  Confirmation,
  DecidedBy,
  Figure,
  Grade,
  GrowthLine,
  Histogram,
  Kind,
  Profile,
  RungSummary,
  Sharpness,
  Standing,
  Verdict,
} from '../claims/index.js';

/** A number of a stored file: infinities, NaN and fractions come as strings. */
export type Shown = number | string;

/** One control with what became of it. */
export interface ControlView {
  readonly name: string;
  readonly statement: string;
  readonly argument: string;
  readonly killed: boolean;
  readonly violated: number;
  readonly effective: number;
}

/** One counterexample; `json` is the text of its file. */
export interface CounterexampleView {
  readonly id: string;
  /** Where the file lies, as the reader of the report would write it. */
  readonly file: string;
  readonly json: string;
  /** `family`: a sequence of instances; its certificate is the evidence and it has no two sides. */
  readonly form: 'instance' | 'family';
  readonly clause: string;
  readonly lhs: Shown | null;
  readonly rhs: Shown | null;
  readonly margin: { readonly lower: Shown; readonly upper: Shown } | null;
  readonly grade: Grade;
  /** Whether the independent checker accepted the certificate; null where it has no entry for the reading. */
  readonly checked: boolean | null;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
  readonly nearestAssumption: { readonly name: string; readonly margin: Shown } | null;
  /** Which parts matter, how near assumptions are to failing, margins along slices; null where nobody looked. */
  readonly explanation: ExplanationView | null;
  /** The command that recomputes it. */
  readonly replay: string;
}

/** Why a counterexample is one: description, no proof. */
export interface ExplanationView {
  /** Each part drawn again while the others stay: how often the claim was violated all the same, or held. */
  readonly parts: readonly {
    readonly part: string;
    readonly tried: number;
    readonly violated: number;
    readonly held: number;
    readonly outside: number;
  }[];
  readonly assumptions: readonly { readonly name: string; readonly margin: Shown }[];
  readonly slices: readonly {
    readonly number: string;
    readonly values: readonly number[];
    readonly margins: readonly (number | null)[];
  }[];
}

/** One reading as the report shows it: plain data, every number computed elsewhere. */
export interface ReadingView {
  readonly claim: {
    readonly id: string;
    /** The catalogue id, such as SL-10. */
    readonly catalogue: string | null;
    readonly title: string;
    /** TeX, or prose with formulas between dollar signs. */
    readonly statement: string;
    readonly source: { readonly key: string; readonly place: string };
    readonly standing: Standing;
  };
  readonly reading: {
    readonly id: string;
    readonly kind: Kind;
    readonly note: string;
    /** The bound in TeX. */
    readonly bound: string | null;
    readonly assumptions: readonly { readonly name: string; readonly tex: string }[];
    /** The law of the test stream, in words. */
    readonly law: string;
    /** Labels of the sample line: what each stands for, and its number of effective trials. */
    readonly coverage: Readonly<
      Record<string, { readonly meaning: string; readonly count: number }>
    >;
    /** What the numbers of the effective instances were. */
    readonly histograms: readonly Histogram[];
    /** What was left unsampled, with the reason. */
    readonly unsampled: Readonly<Record<string, string>>;
  };
  readonly verdict: Verdict;
  /** The admissible verdicts; null where none are stated. */
  readonly expected: readonly Verdict[] | null;
  /** What went wrong in Falsum itself, when something did: the reading is then shown as broken. */
  readonly fault?: string | null;
  readonly grade: Grade | null;
  readonly decidedBy: DecidedBy | null;
  readonly trials: {
    readonly effective: number;
    readonly discarded: number;
    readonly gaveUp: number;
    readonly violated: number;
  };
  readonly worstMargin: number | null;
  readonly violationRateUpper: number | null;
  /** Confidence of the violation rate, in (0, 1). */
  readonly confidence: number;
  readonly logEValue: number | null;
  readonly minimumDetectableRate: number | null;
  readonly impliedConstants: Readonly<Record<string, number>> | null;
  /** The exponent of each implied constant along each path, with its limits and the growth that they exclude. */
  readonly growth: readonly GrowthLine[];
  /** How far the bound can be tightened before the test stream refutes it. */
  readonly sharpness: Sharpness;
  /** One sentence of the judge. */
  readonly reason: string;
  readonly controls: readonly ControlView[];
  /** Generic mutants, which decide nothing; null where none ran. */
  readonly mutants:
    | readonly {
        readonly id: string;
        readonly statement: string;
        readonly killed: boolean;
        readonly violated: number;
        readonly effective: number;
      }[]
    | null;
  readonly counterexamples: readonly CounterexampleView[];
  readonly rungs: readonly RungSummary[];
  readonly figure: Figure | null;
  readonly seed: number;
  readonly profile: Profile;
  readonly engine: string;
  /** What ran behind the engine's name: library, version, backend. */
  readonly engineDescription: string;
  /** What the ledger holds of all runs together, in words; absent without one. */
  readonly ledger?: string;
  /** The command that repeats this reading. */
  readonly command: string;
}
