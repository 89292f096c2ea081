import { refusal, shown } from './refusal.ts';

/** How columns of tables, and fields of records, are called in the wild, the likelier name first. */
export const NAMES = {
  problem: [
    ...['problem', 'problem_id', 'qid', 'task_id', 'question_id', 'id', 'idx', 'index', 'doc_id'],
    ...['example_id', 'prompt_id', 'unique_id', 'uid', 'task', 'question', 'prompt', 'instance_id'],
  ],
  n: [
    ...['n', 'n_samples', 'num_samples', 'n_total', 'total', 'samples', 'rollouts', 'n_rollouts'],
    ...['num_rollouts', 'trials', 'attempts', 'num_generations', 'n_generations', 'num_responses'],
    ...['n_responses', 'num_completions', 'n_completions', 'num_trials', 'n_trials'],
    ...['num_attempts', 'n_attempts', 'sample_count', 'k'],
  ],
  correct: [
    ...['c', 'correct', 'n_correct', 'num_correct', 'n_success', 'successes', 'n_successes'],
    ...['passes', 'passed', 'n_passed', 'num_passed', 'solved', 'total_correct', 'total_passed'],
    ...['correct_count', 'success_count'],
  ],
  /** Of n samples the share that is correct. */
  rate: [
    ...['accuracy', 'acc', 'pass_rate', 'success_rate', 'solve_rate', 'correct_rate', 'rate'],
    ...['mean_accuracy', 'avg_accuracy', 'pass@1', 'pass_at_1'],
  ],
  verdict: [
    ...['correct', 'is_correct', 'passed', 'pass', 'success', 'solved', 'verdict', 'acc'],
    ...['accuracy', 'exact_match', 'score', 'reward', 'result'],
  ],
  model: ['model', 'model_name', 'policy', 'method', 'run', 'checkpoint'],
  /** Which sample of a problem a row is. */
  sample: [
    ...[
      'sample',
      'sample_id',
      'sample_idx',
      'sample_index',
      'rollout',
      'rollout_id',
      'rollout_idx',
    ],
    ...['rollout_index', 'generation_id', 'generation_idx', 'completion_id', 'completion_idx'],
    ...['response_id', 'response_idx'],
  ],
  /** Of which there may be several samples, or one. */
  round: ['seed', 'attempt', 'attempt_id', 'trial', 'trial_id', 'epoch', 'repeat'],
  /** In which ids are told apart. */
  scope: ['task', 'benchmark', 'dataset', 'data_source', 'split', 'subset'],
  step: ['step', 'global_step', 'train_step', 'training_step'],
  /** How samples were drawn. */
  setting: ['temperature', 'temp', 'top_p', 'top_k', 'max_tokens', 'num_fewshot', 'prompt_type'],
  problems: ['problems', 'n_problems', 'num_problems', 'count', 'frequency'],
} as const satisfies Record<string, readonly string[]>;
export type Role = keyof typeof NAMES;

/** May be the tests of one sample as well, or the k of pass@k. */
export const isDoubtfulN = (header: string): boolean =>
  ['k', 'total', 'n_total'].includes(plain(header));

/** What is said where such a one is n nevertheless. */
export const notesOfN = (header: string): string[] =>
  isDoubtfulN(header)
    ? [
        `${header} is taken for the number of samples of a problem: not its tests, nor the k of pass@k.`,
      ]
    : [];

/** Whose correct samples no column of that name holds: an answer, a verdict over all samples, a part of a name. */
const NO_MODELS =
  /^(?:answers?|any|maj|majority|last|first|best|total|is|num|n|c|k|no|not|count|all|format|percent|pct|rate|mean|avg|average|max|min|ids?|pass|gold|expected|reference|ground_truth|.*[_\s-](?:any|maj|majority))$/i;

const plain = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** The column that is called so; -1 for none. */
export function columnOf(header: readonly string[], role: Role): number {
  const plainly = header.map(plain);
  for (const name of NAMES[role]) {
    const column = plainly.indexOf(name);
    if (column >= 0) return column;
  }
  return -1;
}

/** What models are called by themselves: a column of whole numbers of that name has their counts. */
const A_MODEL =
  /(?:^|[^a-z])(?:base|pretrained|before|after|trained|untrained|sft|rl|rlvr|ppo|grpo|dpo|rloo|dapo|gspo|instruct|tuned|init)(?:[^a-z]|$)/i;

/** Columns that are called as models are, and nothing else. */
export const bareModelColumns = (header: readonly string[]): ModelColumn[] =>
  header.flatMap((cell, column) =>
    A_MODEL.test(cell) && !isNamed(cell) ? [{ model: cell.trim(), column }] : [],
  );

/** All columns that are called so. */
export const columnsOf = (header: readonly string[], role: Role): string[] =>
  header.filter((cell) => (NAMES[role] as readonly string[]).includes(plain(cell)));

/** A column of one model, such as `base_correct` or `c_rl`. */
export interface ModelColumn {
  model: string;
  column: number;
}

const LONGEST_FIRST = Object.fromEntries(
  Object.entries(NAMES).map(([role, names]) => [
    role,
    [...names].sort((a, b) => b.length - a.length).join('|'),
  ]),
) as Record<Role, string>;

/** The columns of models side by side: `{model}_{name}`, or else `{name}_{model}`. */
export const modelColumns = (header: readonly string[], role: Role): ModelColumn[] =>
  partedColumns(header, role).filter(({ model }) => !NO_MODELS.test(model));

/** Those that are called so, and are of no model. */
export const otherColumns = (header: readonly string[], role: Role): string[] =>
  partedColumns(header, role)
    .filter(({ model }) => NO_MODELS.test(model))
    .map(({ column }) => header[column]!);

function partedColumns(header: readonly string[], role: Role): ModelColumn[] {
  const names = LONGEST_FIRST[role];
  const behind = new RegExp(`^(.*?)[_\\s-](?:${names})$`, 'is');
  const before = new RegExp(`^(?:${names})[_\\s-](.*)$`, 'is');
  return header.flatMap((cell, column) => {
    if (isNamed(cell)) return [];
    const model = (behind.exec(cell) ?? before.exec(cell))?.[1];
    return model === undefined ? [] : [{ model, column }];
  });
}

/** @throws ResultsError if two columns are of one model: one of them would count twice, or not at all */
export function checkOnce(columns: readonly { model: string }[], file: string): void {
  const models = columns.map(({ model }) => model);
  const twice = models.find((model, i) => models.indexOf(model) < i);
  if (twice !== undefined)
    throw refusal(
      file,
      'line 1',
      `two columns have the correct samples of ${shown(twice)}`,
      'one of each model',
    );
}

const ALL: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

/** Whether a column's name says by itself what is in it. */
export const isNamed = (cell: string): boolean => ALL.has(plain(cell));
