import { KERNELS } from './kernels.generated.ts';

type Address = number;

/** What the kernels do is said where they are written, in kernels/; counts are of numbers, places in bytes. */
export interface Kernels {
  embed(stream: Address, tokens: Address, positions: Address, tokenEmbedding: Address, positionEmbedding: Address, rows: number, width: number): void; // prettier-ignore
  embedBackward(dStream: Address, tokens: Address, positions: Address, dTokenEmbedding: Address, dPositionEmbedding: Address, rows: number, width: number): void; // prettier-ignore
  layerNorm(normalised: Address, inverseDeviation: Address, output: Address, input: Address, gain: Address, bias: Address, mask: Address, rows: number, width: number, channels: number, epsilon: number): void; // prettier-ignore
  layerNormBackward(dInput: Address, dGain: Address, dBias: Address, dOutput: Address, normalised: Address, inverseDeviation: Address, gain: Address, mask: Address, rows: number, width: number, channels: number): void; // prettier-ignore
  linear(y: Address, x: Address, weight: Address, bias: Address, rows: number, inputs: number, outputs: number, adding: boolean): void; // prettier-ignore
  inputGradient(dx: Address, dy: Address, transposed: Address, rows: number, inputs: number, outputs: number): void; // prettier-ignore
  weightGradient(dWeight: Address, dBias: Address, x: Address, dy: Address, rows: number, inputs: number, outputs: number): void; // prettier-ignore
  transpose(to: Address, from: Address, rows: number, columns: number): void;
  silu(output: Address, gate: Address, input: Address, count: number): void;
  siluBackward(d: Address, gate: Address, input: Address, count: number): void;
  attention(output: Address, weights: Address, qkv: Address, history: Address, positions: Address, from: number, to: number, L: number, heads: number, channels: number, scale: number): void; // prettier-ignore
  attentionBackward(dQkv: Address, dOutput: Address, weights: Address, qkv: Address, history: Address, positions: Address, scratch: Address, from: number, to: number, L: number, heads: number, channels: number, scale: number): void; // prettier-ignore
  values(output: Address, input: Address, weight: Address, bias: Address, rows: number, width: number): void; // prettier-ignore
  valuesBackward(dInput: Address, dWeight: Address, dBias: Address, dOutput: Address, input: Address, weight: Address, rows: number, width: number): void; // prettier-ignore
  draw(tokens: Address, logProbs: Address, entropies: Address, logits: Address, rows: Address, counters: Address, n: number, scratch: Address, columns: number, outputs: number, temperature: number, topP: number, seed: number, stream: number, step: number): void; // prettier-ignore
  score(logProbs: Address, entropies: Address, distributions: Address, logits: Address, rows: Address, tokens: Address, n: number, scratch: Address, columns: number, temperature: number): void; // prettier-ignore
  objectiveGradient(dLogits: Address, dValues: Address, logits: Address, values: Address, rows: Address, tokens: Address, logProbWeights: Address, entropyWeights: Address, valueWeights: Address, n: number, scratch: Address, columns: number, temperature: number): number; // prettier-ignore
  squares(x: Address, count: number): number;
  adam(parameters: Address, gradient: Address, firstMoment: Address, secondMoment: Address, count: number, clip: number, beta1: number, rest1: number, beta2: number, rest2: number, rate: number, correction: number, epsilon: number): void; // prettier-ignore
}

/** @throws Error where there is no WebAssembly, or none with SIMD, or where a content security policy forbids it. */
export async function compile(): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') throw new Error('there is no WebAssembly here');
  const bytes = Uint8Array.from(atob(KERNELS), (character) => character.charCodeAt(0));
  // Of a browser without vectors this says more than its own error does, an offset into bytes.
  if (!WebAssembly.validate(bytes)) throw new Error('WebAssembly has no SIMD here');
  return WebAssembly.compile(bytes);
}

/** The kernels on a memory of their own, whose first page has their constants. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
