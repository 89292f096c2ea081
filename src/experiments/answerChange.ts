import { exp } from '../core/elementary.ts';
import { createBatch } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { showResponse, type Task } from '../tasks/task.ts';
import type { DistributionChange } from './dissection.ts';

/** So many answers of a distribution are told one by one. */
export const MOST_ANSWERS = 40;

/** What a policy gives to answers of one problem. */
export interface ScoredAnswers {
  /** π(y | x) of the accepted and of the sampled answers. */
  accepted: number[];
  sampled: number[];
  /** Of the first token, in nats. */
  entropy: number;
}

/** π(y | x) = Π_t π(y_t | x, y_<t) of given answers to one problem. */
export async function scoreAnswers(
  policy: Policy,
  prompt: readonly number[],
  accepted: readonly (readonly number[])[],
  sampled: readonly (readonly number[])[],
  temperature: number,
): Promise<ScoredAnswers> {
  const rows = [...accepted, ...sampled].map((response) => ({ prompt, response }));
  const batch = createBatch(policy.shape, rows);
  const { logProbs, entropies } = await policy.score({ batch, temperature });
  const T = policy.shape.responseLength;
  const probabilities = rows.map(({ response }, b) =>
    exp(logProbs.subarray(b * T, b * T + response.length).reduce((sum, value) => sum + value, 0)),
  );
  return {
    accepted: probabilities.slice(0, accepted.length),
    sampled: probabilities.slice(accepted.length),
    // All begin with the same distribution.
    entropy: entropies[0]!,
  };
}

/** How the answers to a problem fared between two policies. */
export function changeOf(
  task: Task,
  problem: unknown,
  accepted: readonly (readonly number[])[],
  sampled: readonly (readonly number[])[],
  before: ScoredAnswers,
  after: ScoredAnswers,
): DistributionChange {
  const found = new Map<string, DistributionChange['answers'][number]>();
  const add = (kind: 'accepted' | 'sampled', responses: readonly (readonly number[])[]): void =>
    responses.forEach((response, i) => {
      const name = response.join();
      const known = found.get(name) ?? {
        text: showResponse(task, response),
        correct: kind === 'accepted' || task.verify(problem, response).correct,
        sampled: 0,
        before: before[kind][i]!,
        after: after[kind][i]!,
      };
      if (kind === 'sampled') known.sampled++;
      found.set(name, known);
    });
  add('accepted', accepted);
  add('sampled', sampled);
  const all = [...found.values()].sort((a, b) => b.before - a.before);
  const room = MOST_ANSWERS - all.filter((answer) => answer.sampled > 0).length;
  const others = new Set(all.filter((answer) => answer.sampled === 0).slice(0, Math.max(0, room)));
  const sum = (values: readonly number[]): number =>
    Math.min(
      1,
      values.reduce((total, value) => total + value, 0),
    );
  return {
    p: { before: sum(before.accepted), after: sum(after.accepted) },
    entropy: { before: before.entropy, after: after.entropy },
    acceptedAnswers: accepted.length,
    answers: all.filter((answer) => answer.sampled > 0 || others.has(answer)),
  };
}
