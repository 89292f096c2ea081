import type { CompletionGroup } from '../../experiments/completions.ts';

/** An answer of the base, what the verifier says of it, and what the reader has said. */
export interface JudgedAnswer {
  text: string;
  correct: boolean;
  detail: string;
  said: boolean | null;
}

/** The first `count` different answers of a group, each with what the reader says of it. */
export function judgedAnswers(
  { completions }: CompletionGroup,
  count: number,
  said: readonly (boolean | null)[],
): JudgedAnswer[] {
  return completions
    .filter(({ text }, i) => completions.findIndex((each) => each.text === text) === i)
    .slice(0, count)
    .map(({ text, correct, detail }, i) => ({ text, correct, detail, said: said[i] ?? null }));
}
