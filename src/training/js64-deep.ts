import type { ActivationPass } from './activation-pass.js';
import type { FlatParameters, NetworkShape } from './flat-problem.js';
import { rowLengths } from './flat-problem.js';
import type { Kernel } from './js64-kernels.js';
import { inputAt } from './tiles.js';

/**
 * One hidden layer of a deep network: where it sits in the flat arrays, and its scratch memory for one
 * sample. `z` preactivations, `value` σ(z), `slope` σ'(z), `delta` ∂(output)/∂z times the residual;
 * each of shape (width).
 */
interface Layer {
  readonly width: number;
  /** The width of the layer below. */
  readonly rowLength: number;
  /** Where the layer's matrix starts in `inner`. */
  readonly matrixStart: number;
  /** Where its biases start in `biases`. */
  readonly unitStart: number;
  readonly z: Float64Array;
  readonly value: Float64Array;
  readonly slope: Float64Array;
  readonly delta: Float64Array;
}

function layersOf(shape: NetworkShape): readonly Layer[] {
  const lengths = rowLengths(shape);
  let matrixStart = 0;
  let unitStart = 0;
  return shape.widths.map((width, l) => {
    const layer = {
      width,
      rowLength: lengths[l],
      matrixStart,
      unitStart,
      z: new Float64Array(width),
      value: new Float64Array(width),
      slope: new Float64Array(width),
      delta: new Float64Array(width),
    };
    matrixStart += width * lengths[l];
    unitStart += width;
    return layer;
  });
}

/**
 * The kernel of deep networks: one sample after another, forwards and then backwards by the chain
 * rule, every sum from its first term on.
 */
export function deepKernel(shape: NetworkShape, pass: ActivationPass): Kernel {
  const { inputDim } = shape;
  const layers = layersOf(shape);
  const top = layers[layers.length - 1];
  const input = new Float64Array(inputDim);

  /** z_l = W_l·h_{l−1} + b_l and h_l = σ(z_l), layer by layer; returns ⟨a, h_L⟩. */
  function output({ inner, outer, biases }: FlatParameters): number {
    let below: Float64Array = input;
    for (const { width, rowLength, matrixStart, unitStart, z, value, slope } of layers) {
      for (let j = 0; j < width; j += 1) {
        let sum = biases.length > 0 ? biases[unitStart + j] : 0;
        const row = matrixStart + j * rowLength;
        for (let k = 0; k < rowLength; k += 1) sum += inner[row + k] * below[k];
        z[j] = sum;
      }
      pass(z, value, slope, width);
      below = value;
    }
    let f = 0;
    for (let j = 0; j < top.width; j += 1) f += outer[j] * top.value[j];
    return f;
  }

  /** δ_L = r·a·σ'(z_L) and δ_l = σ'(z_l)·W_{l+1}ᵀδ_{l+1}, written to each layer's `delta`. */
  function backwards(residual: number, { inner, outer }: FlatParameters): void {
    for (let j = 0; j < top.width; j += 1) top.delta[j] = residual * outer[j] * top.slope[j];
    for (let l = layers.length - 2; l >= 0; l -= 1) {
      const { width, slope, delta } = layers[l];
      pullBack(layers[l + 1], inner, delta);
      for (let k = 0; k < width; k += 1) delta[k] *= slope[k];
    }
  }

  return {
    sumOfSquares(tiles, parameters, trained, gradient) {
      gradient.inner.fill(0);
      gradient.outer.fill(0);
      gradient.biases.fill(0);
      let squares = 0;
      for (let i = 0; i < tiles.count; i += 1) {
        inputAt(tiles, i, input);
        const residual = output(parameters) - tiles.labels[i];
        squares += residual * residual;
        if (trained.outer) {
          for (let j = 0; j < top.width; j += 1) gradient.outer[j] += residual * top.value[j];
        }
        if (!trained.inner && !trained.biases) continue;
        backwards(residual, parameters);
        layers.forEach((layer, l) => {
          const below = l === 0 ? input : layers[l - 1].value;
          if (trained.inner) addOuterProduct(layer, below, gradient.inner);
          if (!trained.biases) return;
          for (let j = 0; j < layer.width; j += 1) {
            gradient.biases[layer.unitStart + j] += layer.delta[j];
          }
        });
      }
      return squares;
    },
    forward(tiles, parameters, outputs) {
      for (let i = 0; i < tiles.count; i += 1) {
        inputAt(tiles, i, input);
        outputs[i] = output(parameters);
      }
    },
    inputGradients(tiles, parameters, gradients) {
      for (let i = 0; i < tiles.count; i += 1) {
        inputAt(tiles, i, input);
        output(parameters);
        backwards(1, parameters);
        const start = i * inputDim;
        pullBack(layers[0], parameters.inner, gradients.subarray(start, start + inputDim));
      }
    },
  };
}

/** target ← Wᵀδ of a layer, shape (rowLength). */
function pullBack(
  { width, rowLength, matrixStart, delta }: Layer,
  inner: Float64Array,
  target: Float64Array,
): void {
  target.fill(0);
  for (let j = 0; j < width; j += 1) {
    const row = matrixStart + j * rowLength;
    for (let k = 0; k < rowLength; k += 1) target[k] += delta[j] * inner[row + k];
  }
}

/** gradient ← gradient + δhᵀ in the layer's matrix. */
function addOuterProduct(
  { width, rowLength, matrixStart, delta }: Layer,
  below: Float64Array,
  gradient: Float64Array,
): void {
  for (let j = 0; j < width; j += 1) {
    const row = matrixStart + j * rowLength;
    for (let k = 0; k < rowLength; k += 1) gradient[row + k] += delta[j] * below[k];
  }
}
