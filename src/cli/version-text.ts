import { FALSUM_VERSION } from '../running/index.js';
import type { TfjsStatus } from '../training/index.js';

/** What `falsum --version` prints: the version alone on the first line, then what it runs on. */
export function versionText({ description, backend, failures }: TfjsStatus): string {
  const { version, platform, arch } = process;
  const native = failures.find((failure) => failure.backend === 'node');
  return [
    FALSUM_VERSION,
    `node    ${version.slice(1)} on ${platform} ${arch}`,
    'wasm64  WebAssembly SIMD, float64 (the default engine)',
    'js64    plain TypeScript, float64',
    `tfjs    ${description ?? `works with no backend here: ${failures.map(reasonOf).join('; ')}`}`,
    ...(native === undefined
      ? []
      : [
          `        ${nativeReason(native.why)}`,
          `        ${backend === null ? '' : 'Nothing needs it: it makes this engine faster. '}To have it: npm install --no-save @tensorflow/tfjs-node,`,
          '        where its install script reaches https://storage.googleapis.com, or a mirror in TFJS_NODE_CDN_STORAGE',
        ]),
    '',
  ].join('\n');
}

function reasonOf({ backend, why }: TfjsStatus['failures'][number]): string {
  return `${backend} (${why})`;
}

function nativeReason(why: string): string {
  return /Cannot find (?:package|module) '@tensorflow\/tfjs-node'/.test(why)
    ? 'TensorFlow’s native library is not there: the optional package @tensorflow/tfjs-node is not installed.'
    : `TensorFlow’s native library does not work here: ${why}.`;
}
