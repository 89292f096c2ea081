/**
 * Counter-based random bits: the n-th number of a stream is a pure function of (seed, stream, n).
 *
 * There is no hidden state, so a run can be resumed, split or replayed from its counters alone, and a shader with
 * 32-bit unsigned integers produces the same bits as this file.
 *
 * Source: Jarzynski & Olano 2020, "Hash Functions for GPU Rendering", JCGT 9(3), function pcg4d.
 */

import { cosineOfTurn, log } from './elementary.ts';

/** Independent purposes of randomness. Drawing more numbers for one never moves another. */
export const Stream = {
  initialisation: 1,
  problemSplit: 2,
  demonstrations: 3,
  trainingPrompts: 4,
  rollouts: 5,
  evaluation: 6,
  mazes: 7,
  baseCompletions: 8,
  greedyAnswers: 10,
  resampledPrompts: 11,
  resampledRollouts: 12,
  covariance: 13,
  movement: 14,
  hints: 15,
  resampledHints: 16,
  powerBase: 20,
  powerStart: 21,
  powerPosition: 22,
  powerToken: 23,
  powerAcceptance: 24,
  finaleEntropy: 25,
  teacherAnswers: 30,
  teacherProblems: 31,
  supervisedBatches: 32,
  generationAnswers: 33,
  generationProblems: 34,
  proxyRewards: 35,
  resampledProxyRewards: 36,
  judgeAnswers: 37,
  judgeProblems: 38,
  judgeBatches: 39,
  problemSamples: 45,
  forwardKl: 47,
  populationNoise: 50,
  populationAnswers: 51,
  populationRewards: 52,
  populationPlaces: 53,
  resampledProblems: 60,
} as const;

/** Where in the random universe a request stands: the run's seed, one of {@link Stream}, and the training step. */
export interface RandomKey {
  seed: number;
  stream: number;
  step: number;
}

/** One application of pcg4d; all values are unsigned 32-bit integers; only the first word of the result is returned. */
export function randomBits(seed: number, stream: number, major: number, minor: number): number {
  let x = (Math.imul(seed, 1664525) + 1013904223) | 0;
  let y = (Math.imul(stream, 1664525) + 1013904223) | 0;
  let z = (Math.imul(major, 1664525) + 1013904223) | 0;
  let w = (Math.imul(minor, 1664525) + 1013904223) | 0;
  x = (x + Math.imul(y, w)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  w = (w + Math.imul(y, z)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  w ^= w >>> 16;
  x = (x + Math.imul(y, w)) | 0;
  return x >>> 0;
}

/**
 * A uniform number in the open interval (0, 1) from 32 random bits: (⌊bits / 2⁹⌋ + ½) · 2⁻²³.
 * 23 bits and a half fill a float32 mantissa exactly, so a float32 shader computes the same number.
 */
export function bitsToUniform(bits: number): number {
  return ((bits >>> 9) + 0.5) / 8388608;
}

/** The uniform number in (0, 1) with index `counter` under `key`. */
export function uniformAt(key: RandomKey, counter: number): number {
  return bitsToUniform(randomBits(key.seed, key.stream, key.step, counter));
}

/** A source of uniform numbers in (0, 1). */
export type RandomSource = () => number;

/** The uniforms of `key` with counters 0, 1, 2, … one at each call. */
export function uniformSequence(key: RandomKey): RandomSource {
  let counter = 0;
  return () => uniformAt(key, counter++);
}

/** Standard normal numbers by the Box–Muller transform: √(−2 ln u₁) · cos(2π u₂). */
export function normalSequence(key: RandomKey): RandomSource {
  const uniform = uniformSequence(key);
  return () => Math.sqrt(-2 * log(uniform())) * cosineOfTurn(uniform());
}
