import type { PolicyShape } from '../../src/policy/shape.ts';

/** Who competes. All but `pytorch` run in one Chromium, each in a worker of its own as in the product. */
export const BROWSER_ENGINES = [
  'wasm',
  'webgl',
  'reference',
  'reference-live',
  'stock-webgl',
  'stock-wasm',
] as const;
export type BrowserEngine = (typeof BROWSER_ENGINES)[number];
export const ENGINES = [...BROWSER_ENGINES, 'pytorch'] as const;
export type EngineName = (typeof ENGINES)[number];

/** One size of policy and step. */
export interface Setup {
  shape: PolicyShape;
  rollouts: number;
  groupSize: number;
  /** The shipped base where its shape is this one, else initial parameters from a seed. */
  base: 'shipped' | 'initial';
  /**
   * What pays for answers. A group that is paid all alike moves nothing, and an engine may leave its rows out: that of
   * the verifier is the share of such groups in training; a coin leaves none, the most work that a batch can be. What is
   * initial solves nothing, so only a coin can pay it. The learning rate is then 0, since what a coin teaches carries answers
   * off: from initial parameters of width 128 they were one token long after 10 steps, and of width 64 all went on to the end.
   */
  pays: 'verifier' | 'coin';
}

/** What making a policy and its first step cost, programs compiled. */
export interface Opening {
  firstStepMs: number;
  /** Of it, compiling, as far as the engine tells. */
  compileMs: number | null;
  device: string;
}

/** One GRPO step; milliseconds. */
export interface StepTiming {
  ms: number;
  rolloutMs: number;
  updateMs: number;
  /** Verifier, advantages, objective: all that is neither. */
  restMs: number;
  /** Draw calls of WebGL; null where there is none. */
  draws: number | null;
  /**
   * JavaScript that submits work: the engine's own count where it has one, else the time in its three verbs without
   * what it waited in readbacks. Null without WebGL.
   */
  submitMs: number | null;
  /** Share of rollouts that are paid for: shows that all contestants do the same task. */
  reward: number;
  /** Share of groups whose rollouts are not all paid alike, so that they have a gradient. */
  mixed: number;
  /** Mean tokens of an answer, its end included: what comes after it need not be computed. */
  answerLength: number;
}

/** What the same backend does in a large matrix product and a large copy. */
export interface Rates {
  flopsPerSecond: number;
  /** Bytes read plus bytes written. */
  bytesPerSecond: number;
}

/** What the runner asks of every contestant. Times are taken where the engine runs, without the way there. */
export interface Contestant {
  open(setup: Setup): Promise<Opening>;
  step(): Promise<StepTiming>;
  /** Milliseconds of an exact evaluation of so many held-out problems. */
  evaluate(problems: number): Promise<number>;
  rates(): Promise<Rates>;
  /** Bytes that the engine holds: on the GPU, for WebGL. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}

/** A call of one method of {@link Contestant}, to a worker. */
export interface Call {
  id: number;
  method: Exclude<keyof Contestant, 'close'>;
  engine: BrowserEngine;
  argument?: Setup | number;
}

export type Answer = { id: number; result: unknown } | { id: number; error: string };
