import type { RandomSource } from '../core/random.ts';
import type { Verdict } from '../tasks/task.ts';
import type { Described } from './described.ts';

/** What a verifier sees: B answers in groups of G. */
export interface VerifierInput {
  groupSize: number;
  /** [B] what the task's own verifier says. */
  verdicts: readonly Verdict[];
  /** [B] the answers, each with its end token. */
  responses: readonly (readonly number[])[];
  random: RandomSource;
  /** [B] how likely a judge holds each answer to be right; see `createJudge`. */
  approvals?: ArrayLike<number>;
}

/** Who says what an answer earns. Whoever it is, evaluations are by the task's own verifier. */
export interface Verifier extends Described {
  /** Whether it is the task's own, so that what is paid for is right. */
  isProgram?: true;
  /** Of those with a judge: a network that learned to predict verdicts, and whether it goes on learning. */
  judge?: 'frozen' | 'co-trained';
  /** [B] whether each answer is paid for. */
  accepts(input: VerifierInput): boolean[];
}

/** Every task's verifier calls what does not have the form of an answer so. */
const isWellFormed = ({ reason }: Verdict): boolean => reason !== 'malformed';

const approved = ({ approvals }: VerifierInput): boolean[] =>
  Array.from(approvals!, (approval) => approval > 1 / 2);

export const VERIFIERS = {
  truth: {
    label: 'the program',
    help: 'An answer earns 1 where the program that checks it accepts it.',
    isProgram: true,
    accepts: ({ verdicts }) => verdicts.map(({ correct }) => correct),
  },

  /** Source: Shao et al. 2025, "Spurious Rewards", arXiv 2506.10947, as are the next two. */
  random: {
    label: 'a coin',
    help: 'Every answer earns 1 with probability ½, whatever it says.',
    accepts: ({ verdicts, random }) => verdicts.map(() => random() < 1 / 2),
  },
  wrong: {
    label: 'wrong answers',
    help: 'An answer earns 1 if it has the form of an answer and is wrong.',
    accepts: ({ verdicts }) => verdicts.map((verdict) => !verdict.correct && isWellFormed(verdict)),
  },
  format: {
    label: 'the form alone',
    help: 'An answer earns 1 if it has the form of an answer, right or wrong.',
    accepts: ({ verdicts }) => verdicts.map(isWellFormed),
  },

  judge: {
    label: 'an imperfect judge',
    help: 'Before the run a network learns to predict verdicts on answers of the base. It pays where it expects a right one. It errs, and training may find out where.',
    judge: 'frozen',
    accepts: approved,
  },
  'co-trained': {
    label: 'a judge that trusts itself',
    help: 'This imperfect judge goes on learning from its own verdicts on the answers of each step.',
    judge: 'co-trained',
    accepts: approved,
  },

  /**
   * 1 where an answer is the most frequent one of its group; of equally frequent ones, the one that came first.
   * Source: Shafayat et al. 2025, "Can Large Reasoning Models Self-Train?", arXiv 2505.21444. There two answers are
   * the same if their final values are; here, if they are so token by token.
   */
  majority: {
    label: 'the majority',
    help: 'An answer earns 1 if it is the most frequent one of its group. No one knows what is right.',
    accepts({ responses, groupSize }) {
      const names = responses.map((response) => response.join());
      return names.map((name, b) => {
        const from = b - (b % groupSize);
        return name === mostFrequent(names.slice(from, from + groupSize));
      });
    },
  },
} satisfies Record<string, Verifier>;

export type VerifierName = keyof typeof VERIFIERS;

/** All that is told of a verifier. */
export const verifierOf = (name: VerifierName): Verifier => VERIFIERS[name];

/** The most frequent of some names; of equally frequent ones the first. */
function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  // A Map keeps the order of insertion, and only a larger count replaces what was found.
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
