/**
 * Scratch and result of `newtonFinish`. A contact is a face with a sign in which the basis has atoms; its direction
 * is free to move within the face.
 */
export interface NewtonState {
  /** λ, shape (size). */
  readonly dual: Float64Array;
  /** Number of contacts. */
  count: number;
  /** Basic position that represents contact c, shape (size). */
  readonly representatives: Int32Array;
  /** Contact of each basic position, shape (size). */
  readonly contactOf: Int32Array;
  /** Unit directions of contacts, (size, dim), their signs and unsigned masses. */
  readonly directions: Float64Array;
  readonly signs: Float64Array;
  readonly masses: Float64Array;
  /** (size, size): column of each contact. */
  readonly columns: Float64Array;
  /** The inverse and the columns (column after column) of the basis with moved representatives. */
  readonly inverse: Float64Array;
  readonly basis: Float64Array;
  /** Directions of the basic columns, (size, dim). */
  readonly basisDirections: Float64Array;
  readonly scratch: NewtonScratch;
}

interface NewtonScratch {
  readonly lengths: Float64Array;
  /** B⁻¹τ for each tangent column, (tangents, size). */
  readonly tangents: Float64Array;
  readonly rawTangents: Float64Array;
  readonly weights: Float64Array;
  readonly tangentContact: Int32Array;
  readonly extras: Int32Array;
  /** Atoms of each contact, and its tangents. */
  readonly members: Int32Array;
  readonly freedoms: Int32Array;
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
  readonly residual: Float64Array;
  readonly image: Float64Array;
  readonly moved: Float64Array;
  readonly gradient: Float64Array;
  readonly frame: Float64Array;
}

export function createNewton(size: number, dim: number): NewtonState {
  const tangents = size * Math.max(1, dim - 1);
  return {
    dual: new Float64Array(size),
    count: 0,
    representatives: new Int32Array(size),
    contactOf: new Int32Array(size),
    directions: new Float64Array(size * dim),
    signs: new Float64Array(size),
    masses: new Float64Array(size),
    columns: new Float64Array(size * size),
    inverse: new Float64Array(size * size),
    basis: new Float64Array(size * size),
    basisDirections: new Float64Array(size * dim),
    scratch: {
      lengths: new Float64Array(size),
      tangents: new Float64Array(tangents * size),
      rawTangents: new Float64Array(tangents * size),
      weights: new Float64Array(tangents),
      tangentContact: new Int32Array(tangents),
      extras: new Int32Array(size),
      members: new Int32Array(size),
      freedoms: new Int32Array(size),
      matrix: new Float64Array(size * size),
      vector: new Float64Array(tangents),
      residual: new Float64Array(size),
      image: new Float64Array(size),
      moved: new Float64Array(size),
      gradient: new Float64Array(dim),
      frame: new Float64Array(dim * dim),
    },
  };
}
