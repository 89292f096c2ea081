import type { Format } from './format.ts';
import { readLists } from './readLists.ts';

/** LiveCodeBench, lcb_runner/benchmarks/code_generation.py, at 28fef95. */
export const liveCodeBench: Format = {
  id: 'livecodebench',
  kind: 'records',
  name: 'LiveCodeBench eval_all',
  looks: 'a JSON array with question_id and the list graded_list',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('question_id') &&
    (json.keys.has('graded_list') ||
      (json.isList && !json.isWhole && json.keys.has('output_list'))),
  read: (task) => readLists('livecodebench', task, { id: 'question_id', list: 'graded_list' }),
};
