/** How columns of tables, and fields of records, are called in the wild, the likelier name first. */
export const NAMES = {
  problem: [
    ...['problem', 'problem_id', 'qid', 'task_id', 'question_id', 'id', 'idx', 'index', 'doc_id'],
    ...['example_id', 'prompt_id', 'unique_id', 'uid', 'task', 'question', 'prompt', 'instance_id'],
  ],
  n: [
    ...['n', 'n_samples', 'num_samples', 'n_total', 'total', 'samples', 'rollouts', 'n_rollouts'],
    ...['num_rollouts', 'trials', 'attempts', 'k'],
  ],
  correct: [
    ...['c', 'correct', 'n_correct', 'num_correct', 'n_success', 'successes', 'n_successes'],
    ...['passes', 'passed', 'n_passed', 'num_passed', 'solved'],
  ],
  verdict: [
    ...['correct', 'is_correct', 'passed', 'pass', 'success', 'solved', 'verdict', 'acc'],
    ...['accuracy', 'exact_match', 'score', 'reward', 'result'],
  ],
  model: ['model', 'model_name', 'policy', 'method', 'run', 'checkpoint'],
  problems: ['problems', 'n_problems', 'num_problems', 'count', 'frequency'],
} as const satisfies Record<string, readonly string[]>;
export type Role = keyof typeof NAMES;

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
export function modelColumns(header: readonly string[], role: Role): ModelColumn[] {
  const names = LONGEST_FIRST[role];
  const behind = new RegExp(`^(.*?)[_\\s-](?:${names})$`, 'is');
  const before = new RegExp(`^(?:${names})[_\\s-](.*)$`, 'is');
  return header.flatMap((cell, column) => {
    if (isNamed(cell)) return [];
    const model = (behind.exec(cell) ?? before.exec(cell))?.[1];
    return model === undefined ? [] : [{ model, column }];
  });
}

const ALL: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

/** Whether a column's name says by itself what is in it. */
export const isNamed = (cell: string): boolean => ALL.has(plain(cell));
