// The kernels of the policy network in AssemblyScript, for WebAssembly with 128-bit SIMD and without its relaxed
// operations, whose bits depend on the processor. Everything is a pure function over byte addresses in the one memory;
// widths are multiples of 4, and sums are formed in a fixed order, so that the same numbers come out everywhere.
// `npm run kernels` compiles them into kernels.generated.ts.
export { squares, adam } from './adam';
export { attention, attentionBackward } from './attention';
export { embed, embedBackward } from './embedding';
export { layerNorm, layerNormBackward } from './layerNorm';
export { inputGradient, linear, transpose, weightGradient } from './linear';
export { draw, objectiveGradient, score } from './prediction';
export { silu, siluBackward } from './silu';
export { values, valuesBackward } from './valueHead';
