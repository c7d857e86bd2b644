/**
 * Where src/training/elementary-tables.ts puts the tables and constants of src/math.
 * AssemblyScript.
 *
 * Every name is an address, known when compiling. Code that owns memory stays clear of
 * [TABLES, TABLES_END). Constants of the polynomials stand in memory too, which makes `exp_x2` a
 * quarter faster than literals: V8 builds a pair anew from a literal wherever it is used.
 */

export const TABLES: usize = 1024;

/** 2^{j/128} as double-doubles, j = 0…127: 16 bytes each. */
export const ROOTS: usize = TABLES;

/** For each of 128 intervals of the significand: c, −log c in two parts, and 0; 32 bytes each. */
export const LOGS: usize = ROOTS + 2048;

/** arctan(j/16) as double-doubles, j = 0…16: 16 bytes each. */
export const ATAN_NODES: usize = LOGS + 4096;

/** π/2 − arctan(j/16), likewise; right after the nodes. */
export const ATAN_COMPLEMENTS: usize = ATAN_NODES + 272;

/** 1/n!, n = 0…17. */
export const INVERSE_FACTORIALS: usize = ATAN_COMPLEMENTS + 272;

/** 1/n, n = 1…17, after a 0. */
export const INVERSES: usize = INVERSE_FACTORIALS + 144;

/** The coefficients of erf(x)/x in x² after the first, n = 1…13. */
export const ERF_SMALL: usize = INVERSES + 144;

/** Single constants, 8 bytes each. */
const CONSTANTS: usize = ERF_SMALL + 104;

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to an integer. */
export const ROUND: usize = CONSTANTS;

/** ln2/128 = STEP_HIGH + STEP_LOW and its inverse. */
export const STEPS_PER_UNIT: usize = CONSTANTS + 8;
export const STEP_HIGH: usize = CONSTANTS + 16;
export const STEP_LOW: usize = CONSTANTS + 24;

export const LN2_HIGH: usize = CONSTANTS + 32;
export const LN2_LOW: usize = CONSTANTS + 40;

/** π/2 in four parts. */
export const TWO_OVER_PI: usize = CONSTANTS + 48;
export const PART_1: usize = CONSTANTS + 56;
export const PART_2: usize = CONSTANTS + 64;
export const PART_3: usize = CONSTANTS + 72;
export const PART_4: usize = CONSTANTS + 80;

/** 2/√π − 1. */
export const SLOPE_EXCESS: usize = CONSTANTS + 88;

/** 2²⁷ + 1, of Veltkamp's splitting. */
export const VELTKAMP: usize = CONSTANTS + 96;

/** 1.5·2²²: adding and subtracting it rounds a double below 2 to a multiple of 2⁻³⁰. */
export const SPLIT: usize = CONSTANTS + 104;

/** 2⁵², whose low bits take an integer added to it, and 2⁵² + 1023. */
export const INTEGER: usize = CONSTANTS + 112;
export const BIASED_INTEGER: usize = CONSTANTS + 120;

/** −0, the sign bit. */
export const SIGN: usize = CONSTANTS + 128;

export const ONE: usize = INVERSE_FACTORIALS;
export const HALF: usize = INVERSE_FACTORIALS + 16;
export const TWO: usize = CONSTANTS + 136;
export const SIXTEEN: usize = CONSTANTS + 144;
export const SIXTEENTH: usize = CONSTANTS + 152;

/**
 * erf at j/16, j = 8…96: 104 bytes each, the value as a double-double and eleven coefficients. The
 * address is that of row 0, which is not stored.
 */
export const ERF_ROWS: usize = CONSTANTS + 160 - 832;

export const TABLES_END: usize = ERF_ROWS + 97 * 104;
