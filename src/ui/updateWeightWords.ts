import { NORMALISATIONS, rewardSeen, type Normalisation } from '../rl/advantages.ts';
import { filterOf } from '../rl/filters.ts';
import { REWARDS, type Reward } from '../rl/rewards.ts';
import type { UpdateWeight } from '../rl/updateWeight.ts';
import { LARGEST_RANKED_GROUP } from '../rl/updateWeight.ts';
import { verifierOf } from '../rl/verifiers.ts';
import { idleReason } from '../run/matters.ts';
import * as TEXT from '../messages/weight.ts';
import type { RunSettings } from '../run/table.ts';

const rewardOf = (settings: RunSettings): Reward => REWARDS[rewardSeen(settings)];

/** Whether w(p) can be computed on a page. */
export function isDrawable(settings: RunSettings): boolean {
  return !rewardOf(settings).ranks || settings.groupSize <= LARGEST_RANKED_GROUP;
}

/** Two digits, without exponent. */
const times = (ratio: number): string =>
  ratio >= 100 ? String(Math.round(ratio)) : String(Number(ratio.toPrecision(2)));

/** What a curve means for rare and for nearly certain problems, from its numbers at p = 0.01, 0.5 and 0.99. */
export function updateWeightSentence(weight: Pick<UpdateWeight, 'of'>): string {
  const [rare, half, sure] = [0.01, 0.5, 0.99].map((p) => weight.of(p)) as [number, number, number];
  if (![rare, half, sure].every(Number.isFinite)) return '';
  if (half < 1e-9) return TEXT.noWeight;
  const alike = (ratio: number): boolean => Math.abs(ratio - 1) < 0.05;
  const [r, s] = [rare / half, sure / half];
  if (alike(r) && alike(s)) return TEXT.alike;
  const weighs = (ratio: number): string =>
    ratio < 0.005
      ? TEXT.weighsNothing
      : alike(ratio)
        ? TEXT.weighsAlike
        : TEXT.weighsTimes({ times: times(ratio) });
  return TEXT.rare({ weighs: weighs(r), weighsSure: weighs(s) });
}

/** What stands in the way of taking the curve for the whole of the update, one sentence each. */
export function updateWeightNotes(settings: RunSettings): string[] {
  const { filter, normalisation, groupSize } = settings;
  const notes: string[] = [];
  const unused = idleReason('algorithm', settings);
  if (unused) notes.push(TEXT.unused({ why: unused }));
  else if (!verifierOf(settings.verifier).isProgram) notes.push(TEXT.paid);
  if (!isDrawable(settings)) notes.push(TEXT.tooMany({ most: LARGEST_RANKED_GROUP, G: groupSize }));
  const said = [rewardOf(settings).weightWords, filterOf(filter).weightWords];
  notes.push(...said.filter((each) => each !== undefined));
  const whitening: Normalisation = NORMALISATIONS[normalisation];
  const onOthers = [whitening.heightWords, filterOf(filter).heightWords].filter(
    (each) => each !== undefined,
  );
  if (onOthers.length > 0) notes.push(TEXT.height({ reasons: onOthers.join(TEXT.and) }));
  notes.push(TEXT.notIn);
  return notes;
}
