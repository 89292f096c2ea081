import { rootOf } from './modelName.ts';

/** What counts the steps of a run: a part of an expression. */
export const STEP_WORDS = '(?:step|checkpoint|ckpt|iter|iteration|epoch)';
const STEP = `${STEP_WORDS}[ _-]?`;
const LAST_STEP = new RegExp(`(?:^|[^a-z])${STEP}(\\d+)(?!\\d)`, 'i');
/** What a base is called, the surest first. */
const BASES = [
  /^(base|pretrained)$/i,
  new RegExp(`^${STEP}0$`, 'i'),
  /(^|[^a-z])(base|pretrained)([^a-z]|$)/i,
  /(^|[^a-z])(before|untrained|init|initial)([^a-z]|$)/i,
  new RegExp(`(^|[^a-z])${STEP}0([^0-9]|$)`, 'i'),
];
/** What nobody calls a base. */
const TRAINED =
  /(^|[^a-z])(rl|rlvr|rlhf|grpo|dapo|ppo|rloo|gspo|cispo|reinforce|remax|prime|simplerl|dpo|trained|finetuned|tuned|after)([^a-z]|$)/i;
/** What others may have been trained from. */
const STARTS = /(^|[^a-z])(sft|instruct)([^a-z0-9]|$)/i;

/** Whether a name says that a model is a base, or trained. */
export const isRole = (name: string): boolean =>
  [...BASES, TRAINED, STARTS].some((role) => role.test(name));

/**
 * The place of the base among models, and whether its name says so: called `base`, or `step 0`; else the shortest name that has the
 * word base, since what was trained from `qwen-base` is `qwen-base-grpo`, or before, or step 0; else the one that all others begin
 * with, as `qwen-grpo` does with `qwen`; else one that has no word such as GRPO; else one that has sft or instruct. A word that all have
 * says nothing. Else it is the first; −1 where there is none.
 */
export function baseAmong(names: readonly string[]): { index: number; isNamed: boolean } {
  const called = (isBase: (name: string) => boolean): { index: number; isNamed: true } | null => {
    const found = names.filter(isBase);
    if (found.length === 0 || found.length === names.length) return null;
    return { index: names.indexOf(shortest(found)), isNamed: true };
  };
  for (const base of BASES) {
    const found = called((name) => base.test(name));
    if (found) return found;
  }
  const first = names.findIndex((name) =>
    names.every((each) => each === name || each.startsWith(name)),
  );
  if (first >= 0 && names.length > 1) {
    const isNumbered = names.every((each) =>
      /^( \(\d+\))?$/.test(each.slice(names[first]!.length)),
    );
    return { index: first, isNamed: !isNumbered };
  }
  return (
    called((name) => !TRAINED.test(name)) ??
    called((name) => STARTS.test(name)) ?? { index: names.length === 0 ? -1 : 0, isNamed: false }
  );
}

/**
 * The base of one of several sets of problems: the one that was chosen, or else the one that the names of all sets say; what its own names
 * say where that is not among them, and then `lacking` is what it would be.
 *
 * @param own the names of its models
 * @param all those of all sets
 * @param chosen null where nobody has chosen one
 */
export function baseOfSet(
  own: readonly string[],
  all: readonly string[],
  chosen: string | null,
): { index: number; by: 'choice' | 'name' | 'order'; lacking: string | null } {
  const among = baseAmong(all);
  const wanted = chosen ?? (among.isNamed ? all[among.index]! : null);
  if (wanted !== null && own.includes(wanted))
    return { index: own.indexOf(wanted), by: chosen === null ? 'name' : 'choice', lacking: null };
  const { index, isNamed } = baseAmong(own);
  return { index, by: isNamed ? 'name' : 'order', lacking: wanted };
}

const shortest = (names: readonly string[]): string =>
  names.reduce((a, b) => (b.length < a.length ? b : a));

/** The steps that names say; NaN for what is none. Where nothing but a number at their ends tells all apart, that is it. */
function stepsOf(names: readonly string[]): number[] {
  const isNumbered = new Set(names.map((name) => name.replace(/\d+$/, ''))).size === 1;
  const step = isNumbered ? /(\d+)$/ : LAST_STEP;
  return names.map((name) => Number(step.exec(name)?.[1] ?? NaN));
}

/**
 * The place of the model that is shown first against the base: of steps of a run the last, of the base's run where several have steps; else
 * the first that is no other run of the base itself.
 */
export function trainedAmong(names: readonly string[], base: string): number {
  const runOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);
  const steps = stepsOf(names);
  if (steps.some(Number.isNaN))
    return Math.max(
      0,
      names.findIndex((name) => rootOf(name) !== rootOf(base)),
    );
  const isOurs = (name: string): boolean => runOf(name) === runOf(base);
  const shown = names.some(isOurs) ? steps.filter((_, i) => isOurs(names[i]!)) : steps;
  const last = Math.max(...shown);
  return Math.max(
    0,
    names.findIndex((name, i) => steps[i] === last && (shown === steps || isOurs(name))),
  );
}
