import type { Format } from './format.ts';
import { readLists } from './readLists.ts';

/** LeapLabTHU/limit-of-RLVR, math/examples/math_eval, at fd2cf37: the evaluator of Yue et al. 2025, and of SimpleRL. */
export const mathEval: Format = {
  id: 'math-eval',
  kind: 'records',
  name: 'math_eval (limit-of-RLVR, SimpleRL)',
  looks: 'JSON Lines with idx and the list score, one line a problem',
  joins: 'seeds',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('idx') &&
    (json.keys.get('score') === '[' || (json.keys.has('code') && json.keys.has('gt'))),
  read: (task) => readLists('math-eval', task, { id: 'idx', list: 'score' }),
};
