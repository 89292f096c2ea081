import type { KeptRun } from './keptRun.ts';
import type { Moment } from './moment.ts';
import type { ProblemSamples } from './problemSamples.ts';
import type { ProblemTree } from './problemTree.ts';
import type { NextUpdate } from './nextUpdate.ts';

export { attendedEngine } from './attendedEngine.ts';

/** What can be asked, by kind, with what the answer is. Plain data, since both cross into a worker. */
interface Asked {
  /** The solution tree of a held-out problem under the base and at the moment. */
  tree: { question: { problem: number }; answer: ProblemTree };
  /** So many answers of the base and of the moment to a held-out problem; the same `draw` gives the same ones. */
  samples: {
    question: { problem: number; count: number; draw: number };
    answer: ProblemSamples;
  };
  /** The step after the moment, told of one of its groups; null for the first with right and wrong answers. */
  update: { question: { group: number | null }; answer: NextUpdate };
  /** The moment and all before it that there are checkpoints of, for a file. */
  kept: { question: object; answer: KeptRun };
}

export type QuestionKind = keyof Asked;
export type Question = { [K in QuestionKind]: { kind: K } & Asked[K]['question'] }[QuestionKind];
export type Answer = { [K in QuestionKind]: { kind: K } & Asked[K]['answer'] }[QuestionKind];
export type AnswerTo<K extends QuestionKind> = Extract<Answer, { kind: K }>;

type Answerer<K extends QuestionKind> = (
  moment: Moment,
  question: Asked[K]['question'],
) => Promise<Asked[K]['answer']>;

/** How each question is answered; what it takes is loaded when it is asked. */
const ANSWERERS: { [K in QuestionKind]: () => Promise<Answerer<K>> } = {
  tree: async () => (await import('./problemTree.ts')).problemTree,
  samples: async () => (await import('./problemSamples.ts')).problemSamples,
  update: async () => (await import('./nextUpdate.ts')).nextUpdate,
  kept: async () => (await import('./keptRun.ts')).keptRun,
};

/**
 * Answers a question on policies of its own, so that the run is not disturbed.
 * @throws RangeError naming what was asked for and what there is, such as a problem that the run has not.
 */
export async function answer<K extends QuestionKind>(
  moment: Moment,
  question: Extract<Question, { kind: K }>,
): Promise<Answer> {
  const kind: K = question.kind;
  const answerer = await ANSWERERS[kind]();
  return { kind, ...(await answerer(moment, question)) } as Answer;
}
