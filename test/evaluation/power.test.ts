import { beforeAll, describe, expect, it } from 'vitest';
import { enumerateAnswers, type AnswerDistribution } from '../../src/evaluation/answers.ts';
import { complete, logAcceptance, moveChains, type Path } from '../../src/evaluation/powerChain.ts';
import { powerDistribution, powerSuccess } from '../../src/evaluation/powerTarget.ts';
import { extend, rootOf, type Prefix } from '../../src/evaluation/prefixes.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { ALL_LETTERS, letters, lettersPolicy, written } from './example.ts';

const problem = { accepts: ['ab.', 'b.', 'aaa'] };
const whole = { smallest: 1e-12, temperature: 1 };
const streams = { position: 1, token: 2, acceptance: 3 };
let policy: Policy;
let all: AnswerDistribution;
/** Every response as a path through one tree whose distributions are all known. */
let paths: Path[];
beforeAll(async () => {
  policy = await lettersPolicy(2);
  [all] = (await enumerateAnswers(policy, letters, [problem], whole)) as [AnswerDistribution];
  paths = ALL_LETTERS.map((text) => {
    const path: Prefix[] = [all.root];
    for (const letter of text) path.push(extend(path.at(-1)!, '.ab'.indexOf(letter)));
    return path;
  });
});

const tokensOf = (path: Path): readonly number[] => path.at(-1)!.tokens;
/** log q of token t of a path, q the policy at temperature 1/α. */
function logProposal(path: Path, t: number, alpha: number): number {
  const next = Array.from(path[t]!.next!);
  const total = next.reduce((sum, logProb) => sum + Math.exp(alpha * logProb), 0);
  return alpha * next[tokensOf(path)[t]!]! - Math.log(total);
}

describe('the exact target', () => {
  it('by hand: answers of ½, ¼ and ¼ under a square are ⅔, ⅙ and ⅙', () => {
    const answers = [0.5, 0.25, 0.25].map((p, i) => ({
      response: [i],
      logProb: Math.log(p),
      correct: i > 0,
    }));
    const of = { problem, answers, missing: 0, smallest: 1e-6, root: rootOf([]) };
    const expected = [2 / 3, 1 / 6, 1 / 6];
    powerDistribution(of, 2).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 12));
    const accepted = answers.slice(1).map(({ logProb }, i) => ({ logProb, sound: i === 0 }));
    const { p, soundP, error } = powerSuccess(of, accepted, 2);
    expect(p).toBeCloseTo(1 / 3, 12);
    expect(soundP).toBeCloseTo(1 / 6, 12);
    expect(error).toBe(0);
  });

  it.each([1, 1.5, 4, 12])(
    'for α = %f is the sum over all responses, also where some are missing',
    async (alpha) => {
      const accepted = all.answers.filter(({ correct }) => correct);
      expect(accepted.length).toBe(3);
      const power = (of: typeof accepted): number =>
        of.reduce((sum, { logProb }) => sum + Math.exp(alpha * logProb), 0);
      const truth = power(accepted) / power(all.answers);
      const sound = accepted.map(({ logProb }) => ({ logProb, sound: true }));
      expect(powerSuccess(all, sound, alpha).p).toBeCloseTo(truth, 10);
      for (const smallest of [1e-3, 0.01, 0.05]) {
        const [some] = await enumerateAnswers(policy, letters, [problem], { ...whole, smallest });
        const { p, error } = powerSuccess(some!, sound, alpha);
        expect(p).toBeGreaterThanOrEqual(truth - 1e-9);
        expect(p - error).toBeLessThanOrEqual(truth + 1e-9);
      }
    },
  );

  it('refuses powers below 1, for which nothing bounds what is left out', () => {
    expect(() => powerSuccess(all, [], 0.5)).toThrow('alpha must be at least 1, got 0.5');
  });
});

/** [from][to] the chance that a move leads from one response to another, from the definition of the move. */
function transitions(limit: number, alpha: number): number[][] {
  return paths.map((old, from) => {
    const row = paths.map(() => 0);
    const n = Math.min(tokensOf(old).length, limit);
    for (let position = 0; position < n; position++)
      paths.forEach((proposed, to) => {
        const same = tokensOf(old).slice(0, position).join();
        if (tokensOf(proposed).slice(0, position).join() !== same) return;
        if (tokensOf(proposed).length <= position) return;
        let logQ = 0;
        for (let t = position; t < tokensOf(proposed).length; t++)
          logQ += logProposal(proposed, t, alpha);
        const drawn = Math.exp(logQ) / n;
        const accepted = Math.min(
          1,
          Math.exp(logAcceptance(old, proposed, position, limit, alpha)),
        );
        row[to]! += drawn * accepted;
        row[from]! += drawn * (1 - accepted);
      });
    return row;
  });
}

/** π^α of the first `limit` tokens, the proposal behind them: what a move leaves as it is. */
function target(limit: number, alpha: number): number[] {
  const weights = paths.map((path) => {
    let log = 0;
    tokensOf(path).forEach((token, t) => {
      log += t < limit ? alpha * path[t]!.next![token]! : logProposal(path, t, alpha);
    });
    return Math.exp(log);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const after = (p: readonly number[], matrix: readonly number[][]): number[] =>
  p.map((_, to) => p.reduce((sum, mass, from) => sum + mass * matrix[from]![to]!, 0));
const distance = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, mass, i) => sum + Math.abs(mass - q[i]!), 0) / 2;

describe('a move of the chain', () => {
  it('is accepted by the ratio that Metropolis and Hastings give, in its long form', () => {
    const alpha = 3;
    for (const old of paths)
      for (const proposed of paths) {
        const [n, m] = [tokensOf(old).length, tokensOf(proposed).length];
        let log = Math.log(n / m);
        for (let t = 0; t < m; t++)
          log +=
            alpha * proposed[t]!.next![tokensOf(proposed)[t]!]! - logProposal(proposed, t, alpha);
        for (let t = 0; t < n; t++)
          log -= alpha * old[t]!.next![tokensOf(old)[t]!]! - logProposal(old, t, alpha);
        expect(logAcceptance(old, proposed, 0, 3, alpha)).toBeCloseTo(log, 10);
      }
  });

  it.each([
    [3, 4],
    [3, 1.5],
    [2, 4],
    [1, 4],
  ])('leaves π^α of the first %i tokens as it is, α = %f', (limit, alpha) => {
    const wanted = target(limit, alpha);
    const moved = after(wanted, transitions(limit, alpha));
    moved.forEach((p, i) => expect(Math.abs(p - wanted[i]!)).toBeLessThan(1e-12));
  });

  it('leads from the proposal to π^α, whose distance in total variation only falls', () => {
    const alpha = 4;
    const matrix = transitions(3, alpha);
    const wanted = target(3, alpha);
    const power = powerDistribution(all, alpha);
    all.answers.forEach(({ response }, i) =>
      expect(power[i]).toBeCloseTo(wanted[ALL_LETTERS.indexOf(written(response))]!, 10),
    );
    let p = target(0, alpha);
    let before = distance(p, wanted);
    expect(before).toBeGreaterThan(0.3); // a low temperature is not the power, here by 0.41
    for (let move = 1; move <= 400; move++) {
      p = after(p, matrix);
      expect(distance(p, wanted)).toBeLessThanOrEqual(before + 1e-12);
      before = distance(p, wanted);
    }
    expect(before).toBeLessThan(1e-4);
  });

  it('is what 3,000 chains make, after 0, 1 and 4 moves, within 4 standard errors each', async () => {
    const alpha = 2;
    const n = 3000;
    const starts = Array.from({ length: n }, (): Path => [all.root]);
    let chains = await complete(policy, starts, alpha, { seed: 3, stream: 4, step: 0 });
    let p = target(0, alpha);
    const check = (): void => {
      const counts = new Map<string, number>();
      for (const path of chains) {
        const text = written(tokensOf(path));
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      ALL_LETTERS.forEach((text, i) => {
        const error = Math.sqrt((p[i]! * (1 - p[i]!)) / n);
        expect(Math.abs((counts.get(text) ?? 0) / n - p[i]!)).toBeLessThan(4 * error + 1 / n);
      });
    };
    check();
    for (let step = 1; step <= 4; step++) {
      const moves = await moveChains(policy, chains, 3, alpha, { seed: 3, step, streams });
      // Every token from the position on is drawn, so a move draws at most its answer and at least one token.
      for (const [c, { path, accepted, tokens }] of moves.entries()) {
        expect(tokens).toBeGreaterThanOrEqual(1);
        expect(tokens).toBeLessThanOrEqual(3);
        if (!accepted) expect(path).toBe(chains[c]);
      }
      chains = moves.map(({ path }) => path);
      p = after(p, transitions(3, alpha));
      if (step === 1 || step === 4) check();
    }
  });
});
