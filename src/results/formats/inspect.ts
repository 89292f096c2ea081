import { createNotes, type Sentence } from '../notes.ts';
import { idIn, isRecord, verdictOf } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { jsonOf } from '../source.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { createRepeats } from './rowDoubts.ts';

/** inspect_ai, log/_log.py and scorer/_metric.py, at 499e615: a log as JSON, or its summaries.json. */
export const inspect: Format = {
  id: 'inspect',
  kind: 'records',
  name: 'inspect_ai log as JSON',
  looks: 'a JSON document with samples, and scores of each by scorer',
  isDocument: true,
  recognises: ({ json }) =>
    json !== null &&
    (json.isList
      ? json.keys.has('id') && json.keys.has('epoch') && json.keys.has('scores')
      : json.keys.has('eval') && json.keys.has('status') && json.keys.has('version')),
  read,
};

const SENTENCES = {
  partly: [
    '1 sample is partly correct (P, or a score between 0 and 1); it counts as wrong.',
    '# samples are partly correct (P, or a score between 0 and 1); they count as wrong.',
  ],
  unscored: [
    '1 sample has no score of this scorer; it is left out.',
    '# samples have no score of this scorer; they are left out.',
  ],
} as const satisfies Record<string, Sentence>;

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const document = await jsonOf(source, told);
  const samples = isRecord(document) ? document['samples'] : document;
  if (!Array.isArray(samples) || samples.length === 0)
    throw refusal(file, null, 'the log has no samples', 'samples with scores');
  const all = samples.map((sample: unknown, i) => {
    const where = `sample ${i + 1}`;
    if (!isRecord(sample))
      throw refusal(file, where, `it is ${shown(sample)}`, 'an object with id and scores');
    const id = idIn(sample['id'], 'id', file, where);
    return { id, where, epoch: sample['epoch'], scores: valuesOf(sample['scores']) };
  });
  const scorers = [...new Set(all.flatMap(({ scores }) => [...scores.keys()]))];
  if (scorers.length === 0) throw refusal(file, null, 'no sample has scores', 'scores by scorer');
  const isSound = (scorer: string): boolean => {
    const found = all.map(({ scores }) => scoreOf(scores.get(scorer)));
    return !found.includes(undefined) && found.some((each) => each !== null);
  };
  /** Whether it says of each sample whether it is right, and not how good it is. */
  const isVerdict = (scorer: string): boolean =>
    isSound(scorer) && all.every(({ scores }) => typeof scores.get(scorer) !== 'number');
  const value = scorers.find(isVerdict) ?? scorers.find(isSound) ?? scorers[0]!;
  const scorer = choose({ key: 'scorer', label: 'scorer', value, values: scorers });

  const tally = createTally(file);
  const counted = createNotes();
  const name = namedIn(document) ?? alone;
  const isRepeat = createRepeats();
  for (const { id, where, epoch, scores } of all) {
    if (isRepeat(id, epoch))
      throw refusal(
        file,
        where,
        `epoch ${shown(epoch)} of ${shown(id)} was there before`,
        'each sample once',
      );
    const value = scores.get(scorer.value);
    const score = scoreOf(value);
    if (score === undefined)
      throw refusal(
        file,
        where,
        `the score of ${scorer.value} is ${shown(value)}`,
        'C, I, P, N, yes, no, true, false, or a number from 0 to 1',
      );
    if (score === 'partly') counted.count('partly');
    if (score === null) counted.count('unscored');
    else tally.add(name, id, 1, score === true ? 1 : 0);
  }
  const notes = counted.of(SENTENCES);
  return readingOf('inspect', tally, { choices: [scorer], notes, isOnce: false });
}

/** Whether a score is of a correct sample; null for none, undefined for what says neither. */
function scoreOf(value: unknown): boolean | 'partly' | null | undefined {
  if (value === 'N') return false;
  if (value === 'NaN') return null;
  if (value === 'P' || (typeof value === 'number' && value > 0 && value < 1)) return 'partly';
  return verdictOf(value ?? null);
}

/** By scorer; of one that gives several values, each as `scorer.value`. */
function valuesOf(scores: unknown): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [scorer, score] of Object.entries(isRecord(scores) ? scores : {})) {
    const value = isRecord(score) ? score['value'] : score;
    if (isRecord(value))
      for (const [part, each] of Object.entries(value)) values.set(`${scorer}.${part}`, each);
    else values.set(scorer, value);
  }
  return values;
}

function namedIn(document: unknown): string | null {
  const evaluation = isRecord(document) ? document['eval'] : null;
  const model = isRecord(evaluation) ? evaluation['model'] : null;
  return typeof model === 'string' && model.trim() !== '' ? model : null;
}
