import { idleReason } from '../../run/matters.ts';
import { SETTINGS, type RunSettings, type SettingKey } from '../../run/table.ts';

/** Why a run cannot stand beside the others: it is of other problems, or begins elsewhere. */
export type Apart = 'task' | 'prior' | 'base' | 'problems';

const APART: readonly { why: Apart; when: (settings: RunSettings) => boolean }[] = [
  { why: 'task', when: ({ task, size }) => task !== 'countdown' || size !== '3' },
  { why: 'prior', when: ({ prior }) => prior !== 'broad' },
  { why: 'base', when: ({ base }) => base !== 'shipped' },
];

/** Why a run with these settings is of no use beside runs of the shipped base of Countdown; null where it is. */
export function whyApart(settings: RunSettings): Apart | null {
  return APART.find(({ when }) => when(settings))?.why ?? null;
}

/** What only looks at a run, or names what other settings say. */
const UNHEARD: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(['seed', 'engine', 'algorithm'] as const),
  ...(['evalEvery', 'evalSamples', 'answerProblems', 'finale'] as const),
]);
/** How a base is pretrained that none of these runs pretrains. */
const OF_LIVE_BASE: ReadonlySet<SettingKey> = new Set<SettingKey>([
  ...(['baseSeed', 'pretrainSteps', 'correctFraction', 'pretrainLr', 'width'] as const),
]);

/**
 * Equal for two runs exactly if every setting that decides their numbers is equal, seed apart: an arm that stands in
 * several studies has one key.
 */
export function runKey(settings: RunSettings): string {
  return SETTINGS.filter(
    ({ key }) =>
      !UNHEARD.has(key) &&
      (settings.base === 'live' || !OF_LIVE_BASE.has(key)) &&
      idleReason(key, settings) === null,
  )
    .map(({ key }) => `${key}=${settings[key]}`)
    .join('&');
}

/**
 * What a method is called where its study is not named beside it: by study and arm, or by study alone with the arm's
 * label in place of {arm}. Where there is none, the arm's own label says enough.
 */
const NAMES: Readonly<Record<string, string>> = {
  kl: 'KL penalty, {arm}',
  judges: '{arm}, 200 steps',
  'judges grpo': 'GRPO, 200 steps',
  'spurious grpo': 'GRPO, 4 minibatches',
  'collapse self': 'trained on all own answers',
  'collapse expert': 'expert iteration',
  'pass-at-k-training negative': 'NSR: only wrong answers',
  'group-size': 'GRPO, {arm} a prompt',
  sparsity: 'GRPO, {arm}, 128 in all',
  'training-set': 'GRPO, {arm} to train on',
  'steps grpo': 'GRPO, 1,000 steps',
};

/** The name of an arm of a study among the methods of all studies. */
export function methodName(study: string, arm: { id: string; label: string }): string {
  const name = NAMES[`${study} ${arm.id}`] ?? NAMES[study] ?? '{arm}';
  return name.replace('{arm}', arm.label);
}
