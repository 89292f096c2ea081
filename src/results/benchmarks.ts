import { STEP_WORDS } from './roles.ts';

const anyOf = (words: string): string => `(?:${words.trim().split(/\s+/).join('|')})`;

/** Benchmarks whose problems are often but numbered, and as many as those of others; some with a year. */
const BENCHMARK = `${anyOf(`
  aime amc hmmt brumo cmimc minerva olympiad olympiadbench math[-_]?500 math[-_]?hard gsm[-_]?8k gsm[-_]?hard gsm[-_]?plus
  gpqa mmlu mmlu[-_]?pro bbh human[-_]?eval mbpp live[-_]?code[-_]?bench lcb big[-_]?code[-_]?bench
`)}(?:[-_]?(?:20)?2\\d)?`;
const PART = anyOf('feb nov diamond main extended plus pro hard v\\d i{1,3}');
const WHOLE = new RegExp(`^${BENCHMARK}(?:[-_]${PART}(?:[-_]?(?:20)?2\\d)?)*$`, 'i');
const IN_NAME = new RegExp(`(?<![a-z0-9])${BENCHMARK}(?![a-z0-9])`, 'i');

const STEP = `(?:global[-_]?)?${STEP_WORDS}`;
const COUNTED = anyOf(
  `run rep rs seed s t temp temperature top n k x ep lr part shard rank split v ${STEP}`,
);
const SETTING = new RegExp(
  `^${COUNTED}?[-_= ]?\\d[\\d.e-]*$|^${anyOf('greedy sample sampled samples final best last')}$`,
  'i',
);

/** The benchmark in a name, as it is written there; null for none. */
export const benchmarkIn = (name: string): string | null => IN_NAME.exec(name)?.[0] ?? null;

/** A name that is a benchmark or a part of one, and nothing beside it, such as `hmmt_feb25` or `gpqa_diamond`; else null. */
export const wholeBenchmark = (name: string): string | null => (WHOLE.test(name) ? name : null);

/** How something was run, or when, which is neither a model nor a set of problems: `t0.6`, `step 100`, `run2`, `2026-11-30`. */
export const isSetting = (part: string): boolean => part === '' || SETTING.test(part);

/** The same for all spellings: of `AIME_2024` it is `aime24`. */
export const keyOf = (set: string): string =>
  set
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/20(2\d)$/, '$1');
