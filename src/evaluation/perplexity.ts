import { exp } from '../core/elementary.ts';
import { createBatch } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import type { AnswerDistribution } from './answers.ts';
import { byOwner, unheard } from './didProblems.ts';
import { responseLogProbs } from './exact.ts';

/**
 * How surprising a policy finds the responses of another, exactly: over all problems together, with y as the other
 * policy gives it to x and |y| its tokens, the end token included,
 *
 *   PPL = exp( − Σ_x E_y log π(y | x) / Σ_x E_y |y| ),
 *
 * at least 1; the base's own responses under the base have the exponential of its mean token entropy. What is missing
 * in an enumeration is left out of its expectation, which is over the answers found, renormalised.
 *
 * Source: Yue et al. 2025, section 4.1, for sampled responses.
 */
export async function perplexity(
  of: readonly AnswerDistribution[],
  under: Policy,
  temperature: number,
  did = unheard,
): Promise<number> {
  const rows = of.flatMap(({ root, answers }, owner) => {
    const found = answers.reduce((sum, { logProb }) => sum + exp(logProb), 0);
    return answers.map(({ response, logProb }) => ({
      prompt: root.prompt,
      response,
      weight: exp(logProb) / found,
      owner,
    }));
  });
  const owner = Int32Array.from(rows, (row) => row.owner);
  const logProbs = await responseLogProbs(
    under,
    createBatch(under.shape, rows),
    temperature,
    byOwner(owner, of.length, did),
  );
  let surprise = 0;
  let tokens = 0;
  rows.forEach(({ response, weight }, b) => {
    surprise -= weight * logProbs[b]!;
    tokens += weight * response.length;
  });
  return exp(surprise / tokens);
}
