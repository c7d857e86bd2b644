import { expect, test } from 'vitest';
import { isReferenceBlas, peerEnvironment } from './peer-environment.js';

const ENV = { PATH: '/bin', OPENBLAS_CORETYPE: 'Haswell', OPENBLAS_L2_SIZE: '1' };

test('a new NumPy is freed from settings for an old OpenBLAS, an old one and PyTorch keep them', () => {
  const { env, unset } = peerEnvironment(ENV, 'numpy', '2.4.6');
  expect(env).toMatchObject({ PATH: '/bin', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' });
  expect(Object.keys(env)).not.toContain('OPENBLAS_CORETYPE');
  expect(unset).toEqual(['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE']);
  expect(peerEnvironment(ENV, 'numpy', '1.26.0').unset).toHaveLength(2);
  expect(peerEnvironment(ENV, 'numpy', '1.24.2').unset).toEqual([]);
  expect(peerEnvironment(ENV, 'torch', '2.4.6').env['OPENBLAS_CORETYPE']).toBe('Haswell');
});

test.each([
  ['/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0', true],
  ['/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3', false],
  ['/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so', false],
  ['/site-packages/numpy.libs/libscipy_openblas64_-32a4b2a6.so', false],
  ['/usr/lib/libmkl_rt.so.2', false],
  [null, false],
])('%s is the reference BLAS: %s', (file, reference) => {
  expect(isReferenceBlas(file)).toBe(reference);
});
