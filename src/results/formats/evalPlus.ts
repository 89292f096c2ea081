import { createNotes } from '../notes.ts';
import { idIn, isRecord, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { jsonOf } from '../source.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

/** evalplus/evaluate.py, at 26d6d00. */
export const evalPlus: Format = {
  id: 'evalplus',
  kind: 'records',
  name: 'EvalPlus results',
  looks: 'a JSON document with eval, and in it base_status and plus_status of each sample',
  isDocument: true,
  recognises: ({ json }) =>
    json !== null && json.keys.has('eval') && json.inner.has('base_status') && !json.isList,
  read,
};

const STATES = ['pass', 'fail', 'timeout'];
const LABELS = {
  base: 'the tests of HumanEval or MBPP alone',
  plus: 'those and the added tests, as HumanEval+ and MBPP+',
};

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const document = (await jsonOf(source, told)) as JsonRecord;
  const tasks = document['eval'];
  if (!isRecord(tasks))
    throw refusal(file, null, `eval is ${shown(tasks)}`, 'an object with an entry for each task');
  const samples = Object.entries(tasks).flatMap(([id, list]) => {
    if (!Array.isArray(list)) throw refusal(file, id, `it is ${shown(list)}`, 'a list of samples');
    return list.map((sample: unknown, i) => ({ id, where: `${id}, sample ${i + 1}`, sample }));
  });
  const without = samples.filter(
    ({ sample }) => !isRecord(sample) || sample['plus_status'] == null,
  );
  const hasPlus = without.length < samples.length;
  const tests = choose(
    {
      key: 'tests',
      label: 'tests',
      value: without.length === 0 ? 'plus' : 'base',
      values: hasPlus ? ['base', 'plus'] : ['base'],
    },
    LABELS,
  );
  const gap = `${without.length} of ${samples.length} samples have no plus_status`;
  if (tests.value === 'plus' && without.length > 0)
    throw refusal(file, without[0]!.where, gap, 'one of each sample, or the base tests');
  const tally = createTally(file);
  const counted = createNotes();
  for (const { id, where, sample } of samples) {
    const passes = (key: string): boolean => {
      const status = isRecord(sample) ? sample[key] : undefined;
      if (status === null) counted.count('nulls');
      else if (!STATES.includes(status as string))
        throw refusal(file, where, `${key} is ${shown(status)}`, `one of ${STATES.join(', ')}`);
      return status === 'pass';
    };
    // Both are asked: a sample may pass the added tests by chance.
    const base = passes('base_status');
    const isCorrect = tests.value === 'plus' ? passes('plus_status') && base : base;
    tally.add(alone, idIn(id, 'task', file, where), 1, isCorrect ? 1 : 0);
  }
  return readingOf('evalplus', tally, {
    ...{ choices: [tests], counted, isOnce: false },
    notes: hasPlus && without.length > 0 ? [`${gap}: those of the base tests are read.`] : [],
  });
}
