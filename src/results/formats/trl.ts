import { createNotes, type Notes, type Sentence } from '../notes.ts';
import { eachParquetRow } from '../parquet.ts';
import { idIn } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { createTally, type Tally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { rewardsFrom, type Rewards } from './thresholds.ts';

/** TRL GRPO `log_completions`, trainer/grpo_trainer.py, at f2cd577. */
export const trl: Format = {
  id: 'trl',
  kind: 'parquet',
  name: 'TRL completions',
  looks: 'Parquet with prompt, completion and a column for each reward function',
  recognises: ({ parquet }) =>
    parquet !== null &&
    ['prompt', 'completion'].every((key) => parquet.some(({ name }) => name === key)),
  read,
};

const NO_REWARDS = ['step', 'advantage'];
const LIKELY = /acc|correct|exact|solv|verif/i;
const SENTENCES = {
  unscored: [
    '1 completion has no reward of this function; it is left out.',
    '# completions have no reward of this function; they are left out.',
  ],
} as const satisfies Record<string, Sentence>;

async function read({ source, head, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const rewards = head
    .parquet!.filter(({ name, isNumeric }) => isNumeric && !NO_REWARDS.includes(name))
    .map(({ name }) => name);
  if (rewards.length === 0)
    throw refusal(file, null, 'it has no column of rewards', 'one for each reward function');
  const likely = rewards.find((name) => LIKELY.test(name)) ?? rewards[0]!;
  const reward = choose({
    ...{ key: 'reward', label: 'reward function', value: likely, values: rewards },
  });
  const hasStep = head.parquet!.some(({ name }) => name === 'step');
  /** The policy of each step is another. */
  const steps = new Map<string, { tally: Tally; counted: Notes; rewards: Rewards }>();
  await eachParquetRow(
    source,
    ['prompt', reward.value, ...(hasStep ? ['step'] : [])],
    (row, number) => {
      const step = hasStep ? String(row['step']) : '';
      const name = hasStep ? `step ${step}` : alone;
      const of = steps.get(step) ?? {
        ...{ tally: createTally(file), counted: createNotes() },
        rewards: rewardsFrom(choose, 'above 0'),
      };
      steps.set(step, of);
      const value = row[reward.value];
      const where = `row ${number}`;
      if (value === null || value === undefined || Number.isNaN(value)) {
        of.counted.count('unscored');
        return;
      }
      if (!['number', 'bigint', 'boolean'].includes(typeof value))
        throw refusal(file, where, `${reward.value} is ${shown(value)}`, 'a number');
      const id = idIn(promptText(row['prompt']), 'prompt', file, where);
      of.tally.add(name, id, 1, of.rewards.isCorrect(Number(value)) ? 1 : 0);
    },
    told,
  );
  const values = [...steps.keys()];
  const last = {
    ...({ key: 'step', label: 'step', isPlace: true } as const),
    ...{ value: values.at(-1) ?? '', values },
  };
  const step = values.length > 1 ? choose(last) : null;
  const of = steps.get(step?.value ?? values[0] ?? '');
  return readingOf('trl', of?.tally ?? createTally(file), {
    choices: [reward, ...(of ? [of.rewards.choice] : []), ...(step ? [step] : [])],
    notes: [
      'This is weak evidence: the samples are of a policy that was training, of few prompts, with few samples of each.',
      'Problems are told apart by their prompts, since the file has no ids: equal prompts are one problem.',
      ...(of?.rewards.notes(reward.value) ?? []),
      ...(of?.counted.of(SENTENCES) ?? []),
    ],
    isOnce: false,
  });
}

/** A prompt may be the messages of a chat. */
function promptText(prompt: unknown): unknown {
  if (!Array.isArray(prompt)) return prompt;
  return prompt
    .map((message: { content?: unknown } | null) => String(message?.content ?? ''))
    .join('\n');
}
