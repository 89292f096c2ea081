import { randomIndex } from '../core/draws.ts';
import { Stream, uniformSequence } from '../core/random.ts';
import { rarityOf, splitFor } from '../tasks/prior.ts';
import { SPLIT_SEED } from './bases.ts';
import type { RunSettings } from './table.ts';
import { taskName } from './trainSettings.ts';
import { createTask, splitProblems } from '../tasks/registry.ts';

/** What a sample of a prior's demonstrations is made of. */
export interface Demonstrated {
  /** Demonstrations drawn. */
  count: number;
  /** What can be used, as it is written, and in how many of them it is. */
  uses: { token: string; demonstrations: number; isRare: boolean }[];
  /** Of those that are of a problem that needs the skill: how many there are, and how many are right. */
  needing: { count: number; right: number };
  skill: string;
}

/** Demonstrations drawn at a stretch, in a few milliseconds. */
const AT_ONCE = 50;
/** Enough to see one use in a hundred demonstrations. */
const ALL = 2000;

/** Numbers and the equals sign stand in every answer; what is left are operators, operations or moves. */
const isUse = (token: string): boolean => !/^(\d+|=)$/.test(token);

/**
 * Draws 2,000 demonstrations as pretraining draws them, and gives what has been seen after each 50, so that a page can rest
 * between. The same settings draw the same.
 */
export async function* drawDemonstrations(
  settings: Pick<
    RunSettings,
    'task' | 'size' | 'prior' | 'rarity' | 'correctFraction' | 'baseSeed'
  >,
): AsyncGenerator<Demonstrated, void> {
  const task = await createTask(taskName(settings as RunSettings));
  const { train } = splitFor(settings.prior, task, splitProblems(task, SPLIT_SEED));
  const random = uniformSequence({
    ...{ seed: settings.baseSeed, stream: Stream.demonstrations, step: 0 },
  });
  const { tokens, outputs } = task.vocabulary;
  const found = new Map<number, number>();
  for (let token = 1; token < outputs; token++) if (isUse(tokens[token]!)) found.set(token, 0);
  const needing = { count: 0, right: 0 };
  for (let count = 1; count <= ALL; count++) {
    const problem = train[randomIndex(random, train.length)];
    const answer = task.demonstrate(problem, settings.correctFraction, random, rarityOf(settings));
    for (const token of new Set(answer))
      if (found.has(token)) found.set(token, found.get(token)! + 1);
    if (task.skill.isNeeded(problem)) {
      needing.count++;
      if (task.verify(problem, answer).correct) needing.right++;
    }
    if (count % AT_ONCE === 0)
      yield {
        count,
        uses: [...found].map(([token, demonstrations]) => ({
          ...{ token: tokens[token]!, demonstrations },
          isRare: token === task.skill.token,
        })),
        needing: { ...needing },
        skill: task.skill.label,
      };
  }
}
