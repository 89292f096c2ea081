import type { DissectedAnswer, DissectedUpdate, UpdatePass } from '../../experiments/dissection.ts';
import { ADVANTAGES, type Advantage, type AdvantageName } from '../../rl/advantages.ts';
import { COVARIANCES } from '../../rl/covariance.ts';
import type { Described } from '../../rl/described.ts';
import { filterOf } from '../../rl/filters.ts';
import { KL_PLACEMENTS } from '../../rl/kl.ts';
import { REWARDS } from '../../rl/rewards.ts';
import { SHAPINGS } from '../../rl/shapings.ts';
import { SURROGATES, type Surrogate } from '../../rl/surrogates.ts';
import { TOKENS } from '../../rl/tokens.ts';
import { verifierOf } from '../../rl/verifiers.ts';
import { ratiosAreStale } from '../../run/matters.ts';
import type { RunSettings } from '../../run/table.ts';
import { say } from '../../text/words.ts';
import { share, signed, small, three } from './numbers.ts';
import * as SENTENCES from '../../messages/sentences.ts';
import * as TEXT from '../../messages/microscope.ts';

/** The stages of an update, in their order. */
export const STAGES = [
  'sample',
  'verify',
  'compare',
  'advantage',
  'ratio',
  'gradient',
  'afterwards',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a stage is told with; `pass` is null where no update is made. */
export interface Told {
  update: DissectedUpdate;
  settings: RunSettings;
  pass: UpdatePass | null;
}

const advantageOf = ({ advantage }: Pick<RunSettings, 'advantage'>): Advantage =>
  ADVANTAGES[advantage];

/** Whether all answers of a group have the advantage 0 where their rewards are alike. */
export const comparesRewards = (advantage: AdvantageName): boolean =>
  advantageOf({ advantage }).compares !== undefined;

const isNone = (row: Described): boolean => row.isNone === true;

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const probabilityOf = ({ logProbs }: DissectedAnswer): number => Math.exp(sum(logProbs));

/** The first right and the first wrong answer, with their places. */
function examplesOf({ answers }: DissectedUpdate): { answer: DissectedAnswer; index: number }[] {
  return [true, false]
    .map((correct) => answers.findIndex((answer) => answer.correct === correct))
    .filter((index) => index >= 0)
    .map((index) => ({ answer: answers[index]!, index }));
}

function sample({ update, settings }: Told): string {
  const probabilities = update.answers.map(probabilityOf);
  return SENTENCES.sample({
    G: update.answers.length,
    problem: update.groups[update.group]!.problem,
    temperature: settings.temperature,
    largest: small(Math.max(...probabilities)),
    smallest: small(Math.min(...probabilities)),
  });
}

function verify({ update, settings }: Told): string {
  const right = update.answers.filter(({ correct }) => correct).length;
  const values = { right, G: update.answers.length, reward: REWARDS[settings.reward].label };
  const reward = REWARDS[settings.reward].help.replace(/\.$/, '');
  return verifierOf(settings.verifier).isProgram
    ? SENTENCES.verify({ ...values, reward })
    : SENTENCES.verifyPaid({ ...values, reward, paid: update.groups[update.group]!.paid });
}

function compare({ update, settings }: Told): string {
  const { answers, mean, deviation } = update;
  const { compares, help } = advantageOf(settings);
  const values = {
    G: answers.length,
    sum: share(sum(answers.map(({ reward }) => reward))),
    mean: three(mean),
    deviation: three(deviation),
  };
  const numbers = (deviation === 0 ? SENTENCES.compareUniform : SENTENCES.compare)(values);
  if (compares === 'both') return numbers;
  return `${numbers} ${compares ? SENTENCES.compareMeanOnly : SENTENCES.compareNeither({ help })}`;
}

/** How the advantage of one answer comes about, in numbers. */
export function workedAdvantage({ update, settings }: Told, answer: DissectedAnswer): string {
  const { answers, mean, deviation, greedyReward, whitening, groups, group } = update;
  const total = sum(answers.map(({ reward }) => reward));
  const raw = answer.rawAdvantages[0]!;
  const worked = say(advantageOf(settings).worked, {
    r: share(answer.reward),
    mean: three(mean),
    deviation: three(deviation),
    others: three(answers.length > 1 ? (total - answer.reward) / (answers.length - 1) : 0),
    greedy: greedyReward ?? TEXT.none,
    value: three(answer.values?.[0] ?? 0),
    k: settings.passK,
    paid: groups[group]!.paid,
    G: answers.length,
    A: signed(raw),
  });
  const whitened = whitening
    ? SENTENCES.whitened({
        A: signed(raw),
        centre: three(whitening.mean),
        spread: three(whitening.deviation),
        W: signed((raw - whitening.mean) / whitening.deviation),
      })
    : '';
  const shaped = isNone(SHAPINGS[settings.shaping])
    ? ''
    : SENTENCES.shaped({ S: signed(answer.advantages[0]!) });
  return worked + whitened + shaped;
}

/** Whether each answer has one advantage for all its tokens. */
export const sharesAdvantage = ({ answers }: DissectedUpdate): boolean =>
  answers.every(({ advantages }) => advantages.every((each) => each === advantages[0]));

function advantage(told: Told): string {
  const sentences = examplesOf(told.update).map(({ answer, index }) =>
    SENTENCES.advantageOf({
      index: index + 1,
      verdict: answer.correct ? TEXT.right : TEXT.wrong,
      worked: workedAdvantage(told, answer),
    }),
  );
  if (sharesAdvantage(told.update)) sentences.push(SENTENCES.advantageAlike);
  return sentences.join(' ');
}

const noPass = ({ settings }: Told): string =>
  SENTENCES.noPass({ why: filterOf(settings.filter).noUpdateWords ?? '' });

function ratio(told: Told): string {
  const { update, settings, pass } = told;
  if (!pass?.group) return noPass(told);
  const { reads }: Surrogate = SURROGATES[settings.surrogate];
  if (!reads.includes('ratio')) return SENTENCES.ratioUnused;
  const count = update.passes.length;
  const isFirst = pass.epoch === 1 && pass.minibatch === 1;
  if (isFirst && !ratiosAreStale(settings))
    return count === 1 ? SENTENCES.ratioFirst : SENTENCES.ratioFirstOfMore({ count });
  const ratios = pass.group.ratios.flat();
  const range = { smallest: three(Math.min(...ratios)), largest: three(Math.max(...ratios)) };
  if (!reads.includes('clipHigh')) return SENTENCES.ratioFree(range);
  const bounded = SENTENCES.ratioLater({
    ...range,
    tokens: ratios.length,
    clipped: pass.group.clipped.flat().filter(Boolean).length,
    low: three(1 - settings.clipLow),
    high: three(1 + settings.clipHigh),
  });
  const { dualClip } = settings;
  const hasDual = reads.includes('dualClip') && dualClip > 1;
  return hasDual ? `${bounded} ${SENTENCES.ratioDual({ dual: three(dualClip) })}` : bounded;
}

function gradient(told: Told): string {
  const { update, settings, pass } = told;
  if (!pass?.group) return noPass(told);
  const { group, gradientNorm, scale, sequences } = pass;
  const most = settings.maxGradNorm;
  const common = {
    sequences,
    norm: small(gradientNorm),
    scaled:
      scale < 1 ? SENTENCES.scaled({ most, scale: three(scale) }) : SENTENCES.unscaled({ most }),
    lr: settings.lr,
  };
  // The first token that moves, of a right answer where there is one.
  const firstMoving = (index: number): number =>
    group.weights[index]!.findIndex((weight) => weight !== 0);
  const moves = (index: number): boolean => firstMoving(index) >= 0;
  const index =
    examplesOf(update).find((example) => moves(example.index))?.index ??
    update.answers.findIndex((_, i) => moves(i));
  if (index < 0) return SENTENCES.gradientZero(common);
  const { reads, ofToken }: Surrogate = SURROGATES[settings.surrogate];
  const t = firstMoving(index);
  const A = update.answers[index]!.advantages[t]!;
  // What stands before the advantage: the ratio, as the surrogate bounds it for an advantage of this sign.
  const unit = A < 0 ? -1 : 1;
  const ratio = ofToken(Math.log(group.ratios[index]![t]!), 0, unit, settings).slope * unit;
  const w = reads.includes('ratio') ? `${three(ratio)} × ` : '';
  const sentence = SENTENCES.gradient({
    ...common,
    index: index + 1,
    share: small(group.shares[index]!),
    factor: `${w}${signed(A)}`,
    weight: signed(group.weights[index]![t]!, small),
  });
  const more =
    (settings.klCoefficient !== 0 && KL_PLACEMENTS[settings.klPlacement].inLoss) ||
    settings.entropyCoefficient !== 0 ||
    !isNone(COVARIANCES[settings.covariance]) ||
    !isNone(TOKENS[settings.tokens]) ||
    advantageOf(settings).needs === 'values';
  return more ? `${sentence} ${SENTENCES.gradientMore}` : sentence;
}

function afterwards({ update }: Told): string {
  const { p, entropy, acceptedAnswers } = update.after;
  return SENTENCES.after({
    accepted: acceptedAnswers,
    before: small(p.before),
    after: small(p.after),
    change: signed(p.after - p.before, small),
    entropyBefore: three(entropy.before),
    entropyAfter: three(entropy.after),
  });
}

/** What is said at each stage. */
export const SAID: Record<Stage, (told: Told) => string> = {
  sample,
  verify,
  compare,
  advantage,
  ratio,
  gradient,
  afterwards,
};
