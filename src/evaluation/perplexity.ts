import { createBatch } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import type { AnswerDistribution } from './answers.ts';

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
): Promise<number> {
  const rows = of.flatMap(({ root, answers }) => {
    const found = answers.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0);
    return answers.map(({ response, logProb }) => ({
      prompt: root.prompt,
      response,
      weight: Math.exp(logProb) / found,
    }));
  });
  const { logProbs } = await under.score({ batch: createBatch(under.shape, rows), temperature });
  const T = under.shape.responseLength;
  let surprise = 0;
  let tokens = 0;
  rows.forEach(({ response, weight }, b) => {
    for (let at = b * T; at < b * T + response.length; at++) surprise -= weight * logProbs[at]!;
    tokens += weight * response.length;
  });
  return Math.exp(surprise / tokens);
}
