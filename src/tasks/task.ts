import type { RandomSource } from '../core/random.ts';

/**
 * A family of problems whose answers a program can verify.
 *
 * Tokens are small integers. The first `vocabulary.outputs` of them can stand in a response, the others only in a
 * prompt, so the policy's head has `outputs` logits. Token 0 ends a response. Prompts have a fixed length and
 * responses at most `responseLength` tokens, the end token included.
 */
export interface Task<Problem = unknown> {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly promptLength: number;
  readonly responseLength: number;
  /** Every problem of the task, in a fixed order. */
  allProblems(): Problem[];
  /** The prompt's tokens, `promptLength` of them. */
  encode(problem: Problem): number[];
  /** Reads the response's tokens and says whether, and why, the answer is right or wrong. */
  verify(problem: Problem, response: readonly number[]): Verdict;
  /** Every response that the verifier accepts, each with its end token, without duplicates. */
  acceptSet(problem: Problem): number[][];
  /**
   * One response for pretraining. Where nothing is rare (`rarity` ρ = 1, as without it), it is correct with probability
   * `correctFraction`, else well-formed and wrong. A lower ρ weighs both by their habit, see `drawByHabit`: then a problem
   * is shown less often correctly, the more its right answers need the skill.
   */
  demonstrate(
    problem: Problem,
    correctFraction: number,
    random: RandomSource,
    rarity?: number,
  ): number[];
  /** The problem in the notation of the page, e.g. `3 7 8 → 20`. */
  showProblem(problem: Problem): string;
  /** The problem of a prompt: the inverse of {@link encode}. What it makes of other tokens, {@link problemOfPrompt} tells. */
  decode(prompt: readonly number[]): Problem;
  /** What demonstrations use rarely or never, see {@link Skill}. */
  readonly skill: Skill<Problem>;
  /**
   * A name that problems share which are the same in other words: who has solved one has solved them all. A split keeps them
   * on one side. Without it, every problem is of its own kind.
   */
  kindOf?(problem: Problem): string;
  /** Of a task made of several: the one that a problem is from, such as `countdown`. */
  domainOf?(problem: Problem): string;
  /** Of tasks whose answers are made of operations: how many the shortest right answer has, from 0 to {@link LARGEST_SIZE}. */
  sizeOf?(problem: Problem): number;
  /**
   * Of tasks whose responses write intermediate results: the verdict on each written step, in their order. The
   * verifier does not read them, so a right answer can have wrong steps.
   */
  checkSteps?(problem: Problem, response: readonly number[]): StepCheck[];
}

/**
 * One output token that demonstrations use rarely, such as `×`, or never, in a narrow prior. The problems that cannot be
 * solved without it are the tier beyond that prior.
 */
export interface Skill<Problem = unknown> {
  /** The token in words, such as `multiplication (×)`. */
  readonly label: string;
  readonly token: number;
  /** Whether every right solution of the problem uses the token. */
  isNeeded(problem: Problem): boolean;
}

/** Whether one written step of a response holds. */
export interface StepCheck {
  valid: boolean;
  /** The index of the step's last token in the response. */
  end: number;
  /** What is wrong with it, such as `7 × 3 is 21, not 22`, or what it makes. */
  detail: string;
}

export interface Vocabulary {
  /** The written form of every token. */
  readonly tokens: readonly string[];
  /** How many of the tokens, counted from 0, a response may use. */
  readonly outputs: number;
}

/** The largest size that a problem of any task has. */
export const LARGEST_SIZE = 5;

/** The token that ends a response, in every task. */
export const END = 0;

/** What the verifier says of one response. Only `correct` earns reward. */
export interface Verdict {
  correct: boolean;
  /** A stable word to count by, such as `wrong value`. */
  reason: string;
  /** The reason with its particulars, such as `makes 17, not 20`. */
  detail: string;
}

/** The problem that these tokens are the prompt of; null where they are that of none. */
export function problemOfPrompt<Problem>(
  task: Task<Problem>,
  prompt: readonly number[],
): Problem | null {
  try {
    const problem = task.decode(prompt);
    const isIts = prompt.length === task.promptLength && `${task.encode(problem)}` === `${prompt}`;
    return isIts ? problem : null;
  } catch {
    // A task that looks its problems up, or finds parts of them, may fail at other tokens.
    return null;
  }
}

/** A response in the notation of the page: its tokens without the end token, separated by spaces. */
export function showResponse(task: Task, response: readonly number[]): string {
  const end = response.indexOf(END);
  const shown = end < 0 ? response : response.slice(0, end);
  return shown.map((token) => task.vocabulary.tokens[token] ?? '?').join(' ');
}
