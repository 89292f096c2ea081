import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { enumerateAnswers } from '../../src/evaluation/answers.ts';
import { byOwner } from '../../src/evaluation/didProblems.ts';
import { acceptedLogProbs, type AcceptSets } from '../../src/evaluation/exact.ts';
import { perplexity } from '../../src/evaluation/perplexity.ts';
import { samplerSuccess } from '../../src/evaluation/samplers.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { ALL_LETTERS, letters, LETTERS_SHAPE, lettersPolicy } from './example.ts';

/** 600 problems that all accept everything: 9,000 sequences, which are scored in three parts. */
const PROBLEMS = Array.from({ length: 600 }, () => ({ accepts: [...ALL_LETTERS] }));
const rows = PROBLEMS.flatMap((problem, owner) =>
  letters.acceptSet(problem).map((response) => ({
    prompt: letters.encode(problem),
    response: [...response],
    owner,
  })),
);
const sets: AcceptSets = {
  problems: PROBLEMS,
  batch: createBatch(LETTERS_SHAPE, rows),
  owner: Int32Array.from(rows, ({ owner }) => owner),
  counts: PROBLEMS.map(() => ALL_LETTERS.length),
};

/** What has been heard, call by call. */
function hearer(): { heard: number[]; did: (count: number) => Promise<void> } {
  const heard: number[] = [];
  return { heard, did: async (count) => void heard.push(count) };
}

describe('problems that are done', () => {
  it('are those whose sequences have all been: 3 of 0 0 1 1 1 3 leave 1 begun, and 2 has none', async () => {
    const { heard, did } = hearer();
    const done = byOwner(Int32Array.from([0, 0, 1, 1, 1, 3]), 5, did);
    for (const to of [1, 2, 3, 5, 6]) await done(to);
    expect(heard).toEqual([0, 1, 0, 2, 2]);
  });

  it('add up to all of them, wherever the parts end', async () => {
    const random = uniformSequence({ seed: 3, stream: 6, step: 0 });
    for (let trial = 0; trial < 50; trial++) {
      const problems = 1 + Math.floor(20 * random());
      const owner = Int32Array.from(
        Array.from({ length: 100 }, () => Math.floor(problems * random())).sort((a, b) => a - b),
      );
      const ends = [...new Set(Array.from({ length: 5 }, () => 1 + Math.floor(99 * random())))];
      const { heard, did } = hearer();
      const done = byOwner(owner, problems, did);
      let sum = 0;
      for (const to of [...ends.sort((a, b) => a - b), 100]) {
        await done(to);
        sum = heard.reduce((total, count) => total + count, 0);
        const begun = new Set(owner.slice(to));
        // Every problem that counts is complete.
        expect([...owner.slice(0, to)].filter((each) => each < sum && begun.has(each))).toEqual([]);
      }
      expect(sum).toBe(problems);
      expect(heard.every((count) => count >= 0)).toBe(true);
    }
  });

  it('are told of by each evaluation, whose numbers are those of one scoring of everything', async () => {
    const policy = await lettersPolicy(4);
    const { logProbs } = await policy.score({ batch: sets.batch, temperature: 0.7 });
    const slow = rows.map(({ response }, b) =>
      response.reduce((sum, _, t) => sum + logProbs[b * 3 + t]!, 0),
    );
    const scored = hearer();
    expect([...(await acceptedLogProbs(policy, sets, 0.7, scored.did))]).toEqual(slow);
    // 4,096 sequences are 273 problems and one of the next.
    expect(scored.heard).toEqual([273, 273, 54]);

    const sampled = hearer();
    const samplers = [{ temperature: 0.7, topP: 1 }];
    const [success] = await samplerSuccess(policy, sets, samplers, sampled.did);
    expect(sampled.heard).toEqual([273, 273, 54]);
    success!.p.forEach((p) => expect(p).toBeCloseTo(1, 6));

    const some = PROBLEMS.slice(0, 20);
    const found = hearer();
    const enumeration = { smallest: 1e-3, temperature: 1 };
    const answers = await enumerateAnswers(policy, letters, some, enumeration, found.did);
    expect(found.heard).toEqual([8, 8, 4]);
    const alone = await Promise.all(
      some.map(async (each) => (await enumerateAnswers(policy, letters, [each], enumeration))[0]!),
    );
    const plain = (of: typeof answers) =>
      of.map(({ answers, missing }) => ({ answers, missing, n: answers.length }));
    expect(plain(answers)).toEqual(plain(alone));

    const surprised = hearer();
    const together = await perplexity(answers, policy, 1, surprised.did);
    expect(surprised.heard).toEqual([20]);
    // All problems are the same, so that each has the perplexity of all.
    expect(together).toBeCloseTo(await perplexity(alone.slice(0, 1), policy, 1), 10);
  });

  it('can end the evaluation by what hears of them', async () => {
    const policy = await lettersPolicy(4);
    let calls = 0;
    const watched: typeof policy = {
      ...policy,
      score: (request) => {
        calls++;
        return policy.score(request);
      },
    };
    const stop = async (): Promise<void> => {
      throw new Error('enough');
    };
    await expect(acceptedLogProbs(watched, sets, 1, stop)).rejects.toThrow('enough');
    expect(calls).toBe(1);
  });
});
