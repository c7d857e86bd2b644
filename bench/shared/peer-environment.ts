/** Set on some machines for old builds of OpenBLAS, which do not know the processor. */
const OPENBLAS_SETTINGS = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'] as const;

/** From here on NumPy's own packages bring an OpenBLAS that knows today's processors better. */
const NEW_NUMPY = [1, 26] as const;

/** One thread, and nothing written beside the scripts. */
const PEER_SETTINGS = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  PYTHONDONTWRITEBYTECODE: '1',
} as const;

/**
 * A peer's environment. The settings that help an old OpenBLAS slow the one of a new NumPy down, so
 * they are taken away from it.
 */
export function peerEnvironment(
  env: NodeJS.ProcessEnv,
  peer: string,
  numpyVersion: string,
): { readonly env: NodeJS.ProcessEnv; readonly unset: readonly string[] } {
  const [major, minor] = numpyVersion.split('.').map(Number);
  const isNew = major > NEW_NUMPY[0] || (major === NEW_NUMPY[0] && minor >= NEW_NUMPY[1]);
  const unset =
    peer === 'numpy' && isNew ? OPENBLAS_SETTINGS.filter((name) => env[name] !== undefined) : [];
  const kept = Object.entries(env).filter(([name]) => !unset.some((gone) => gone === name));
  return { env: { ...Object.fromEntries(kept), ...PEER_SETTINGS }, unset };
}

/** Whether a BLAS is the reference implementation, several times slower than an optimised one. */
export function isReferenceBlas(file: string | null): boolean {
  if (file === null || /openblas|mkl|blis|atlas/i.test(file)) return false;
  return /\/libblas\.so[^/]*$/.test(file);
}
