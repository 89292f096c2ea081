import { expect } from 'vitest';
import { enumerateAnswers, type AnswerDistribution } from '../../src/evaluation/answers.ts';
import { complete, logAcceptance, moveChains, type Path } from '../../src/evaluation/powerChain.ts';
import { extend, type Prefix } from '../../src/evaluation/prefixes.ts';
import { ALL_LETTERS, letters, lettersPolicy, written } from './example.ts';

export const problem = { accepts: ['ab.', 'b.', 'aaa'] };
export const whole = { smallest: 1e-12, temperature: 1 };
const streams = { position: 1, token: 2, acceptance: 3 };
export const policy = await lettersPolicy(2);
export const [all] = (await enumerateAnswers(policy, letters, [problem], whole)) as [
  AnswerDistribution,
];
/** Every response as a path through one tree whose distributions are all known. */
export const paths: readonly Path[] = ALL_LETTERS.map((text) => {
  const path: Prefix[] = [all.root];
  for (const letter of text) path.push(extend(path.at(-1)!, '.ab'.indexOf(letter)));
  return path;
});

export const tokensOf = (path: Path): readonly number[] => path.at(-1)!.tokens;
/** log q of token t of a path, q the policy at temperature 1/α. */
export function logProposal(path: Path, t: number, alpha: number): number {
  const next = Array.from(path[t]!.next!);
  const total = next.reduce((sum, logProb) => sum + Math.exp(alpha * logProb), 0);
  return alpha * next[tokensOf(path)[t]!]! - Math.log(total);
}

/** [from][to] the chance that a move leads from one response to another, from the definition of the move. */
export function transitions(limit: number, alpha: number): number[][] {
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
export function target(limit: number, alpha: number): number[] {
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

export const after = (p: readonly number[], matrix: readonly number[][]): number[] =>
  p.map((_, to) => p.reduce((sum, mass, from) => sum + mass * matrix[from]![to]!, 0));
export const distance = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, mass, i) => sum + Math.abs(mass - q[i]!), 0) / 2;

/** What `n` chains make, after 0, 1 and 4 moves, is within 4 standard errors of the law. */
export async function expectChains(n: number): Promise<void> {
  const alpha = 2;
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
}
