import type { RandomSource } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { Batch, Engine, PolicySnapshot } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { Task, Verdict } from '../tasks/task.ts';
import type { Judge, JudgeSettings } from './judge.ts';
import { VERIFIERS, type Verifier, type VerifierName } from './verifiers.ts';

/** B answers, in groups of G, to be paid for. */
export interface Payable {
  batch: Batch;
  /** [B] what the task's verifier says of them. */
  verdicts: readonly Verdict[];
  groupSize: number;
  random: RandomSource;
}

/** What pays for answers in a run: a {@link Verifier}, with its judge where it has one. */
export interface Payer {
  /** [B] 1 for each answer that is paid for, else 0. A co-trained judge learns from what it decided. */
  pay(answers: Payable): Promise<number[]>;
  /** The judge as it is now, for a checkpoint; null without one. */
  snapshot(): Promise<PolicySnapshot | null>;
  dispose(): void;
}

/** What a payer is made from; `judge` is its judge in a checkpoint. */
export interface PayerParts {
  engine: Engine;
  task: Task;
  shape: PolicyShape;
  baseParameters: Float32Array;
  /** The training problems. */
  train: readonly unknown[];
  settings: JudgeSettings;
  judge: PolicySnapshot | null;
}

/** The payer by a verifier of that name. A judge is made, and taught, when it is first asked. */
export function createPayer(name: VerifierName, parts: PayerParts): Payer {
  const verifier: Verifier = VERIFIERS[name];
  let judge: Judge | null = null;
  async function makeJudge(): Promise<Judge> {
    const { createJudge } = await import('./judge.ts');
    const { engine, task, shape, baseParameters, train, settings } = parts;
    return createJudge(engine, task, shape, baseParameters, train, settings, parts.judge);
  }
  return {
    async pay({ batch, verdicts, groupSize, random }) {
      const responses = verdicts.map((_, b) => responseOf(parts.shape, batch, b));
      const input = { groupSize, verdicts, responses, random };
      if (!verifier.judge) return verifier.accepts(input).map(Number);
      judge ??= await makeJudge();
      const approvals = await judge.approvals(batch);
      const outcomes = verifier.accepts({ ...input, approvals }).map(Number);
      if (verifier.judge === 'co-trained') await judge.learn(batch, outcomes);
      return outcomes;
    },
    snapshot: async () => (judge ? judge.snapshot() : null),
    dispose: () => judge?.dispose(),
  };
}
