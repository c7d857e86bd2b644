/** The entry of the wasm64 engine's module. AssemblyScript. */
import { inputGradientsDeep, outputsDeep } from './deep';
import { evaluate } from './gradient';
import { laplacianSums } from './laplacian';
import { projectStart } from './optimisers';
import { Layer, Problem } from './problem';
import { advance } from './training';

export { advance, evaluate, inputGradientsDeep, laplacianSums, outputsDeep, projectStart };

/** Bytes of the structures, for a check against the TypeScript that fills them. */
export function problemBytes(): i32 {
  return offsetof<Problem>();
}

export function layerBytes(): i32 {
  return offsetof<Layer>();
}

/** Where memory is free from. */
export function arenaStart(): usize {
  return __heap_base;
}
