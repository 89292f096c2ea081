import { createBatch } from '../policy/batch.ts';
import type { Batch, Policy } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { Task } from '../tasks/task.ts';

/** Problems with every response that the verifier accepts, enumerated once. */
export interface AcceptSets {
  problems: readonly unknown[];
  /** All accepted responses of all problems, one sequence each. */
  batch: Batch;
  /** [sequences] index into `problems`. */
  owner: Int32Array;
}

export function enumerateAcceptSets(
  task: Task,
  shape: PolicyShape,
  problems: readonly unknown[],
): AcceptSets {
  const owner: number[] = [];
  const rows = problems.flatMap((problem, index) => {
    const prompt = task.encode(problem);
    return task.acceptSet(problem).map((response) => {
      owner.push(index);
      return { prompt, response };
    });
  });
  return { problems, batch: createBatch(shape, rows), owner: Int32Array.from(owner) };
}

/**
 * The exact success probability of each problem, p = Σ_{y ∈ accept set} Π_t π(y_t | x, y_<t), summed in float64.
 * Log-probabilities come from a float32 engine, so p carries a relative error of about 1e-6; it is capped at 1.
 */
export async function exactSuccess(
  policy: Policy,
  { problems, batch, owner }: AcceptSets,
  temperature: number,
): Promise<number[]> {
  const { logProbs } = await policy.score({ batch, temperature });
  const T = policy.shape.responseLength;
  const p = new Array<number>(problems.length).fill(0);
  for (let b = 0; b < owner.length; b++) {
    let logProbability = 0;
    for (let t = 0; t < batch.lengths[b]!; t++) logProbability += logProbs[b * T + t]!;
    p[owner[b]!]! += Math.exp(logProbability);
  }
  return p.map((probability) => Math.min(1, probability));
}

/**
 * The success probability of guessing: every token drawn uniformly from the R that a response may use.
 * p = Σ_{y ∈ accept set} R^(−length of y)
 */
export function uniformGuessSuccess(
  { problems, batch, owner }: AcceptSets,
  outputs: number,
): number[] {
  const p = new Array<number>(problems.length).fill(0);
  for (let b = 0; b < owner.length; b++) p[owner[b]!]! += outputs ** -batch.lengths[b]!;
  return p;
}
