import type { UpdateWeight } from '../rl/updateWeight.ts';
import { LARGEST_RANKED_GROUP } from '../rl/updateWeight.ts';
import { idleReason } from '../run/matters.ts';
import type { RunSettings } from '../run/table.ts';

/** Whether w(p) can be computed on a page. */
export function isDrawable({ reward, groupSize }: RunSettings): boolean {
  return reward !== 'unlikeliness' || groupSize <= LARGEST_RANKED_GROUP;
}

/** Two digits, without exponent. */
const times = (ratio: number): string =>
  ratio >= 100 ? String(Math.round(ratio)) : String(Number(ratio.toPrecision(2)));

/** What a curve means for rare and for nearly certain problems, from its numbers at p = 0.01, 0.5 and 0.99. */
export function updateWeightSentence(weight: UpdateWeight): string {
  const [rare, half, sure] = [0.01, 0.5, 0.99].map((p) => weight.of(p)) as [number, number, number];
  if (![rare, half, sure].every(Number.isFinite)) return '';
  if (half < 1e-9)
    return 'A problem solved half of the time has no weight: no group that counts tells its answers apart.';
  const alike = (ratio: number): boolean => Math.abs(ratio - 1) < 0.05;
  const [r, s] = [rare / half, sure / half];
  if (alike(r) && alike(s))
    return 'All problems weigh alike, whether solved 1 time in 100, half of the time or nearly always.';
  const weighs = (ratio: number): string =>
    ratio < 0.005
      ? 'weighs next to nothing beside'
      : `weighs ${alike(ratio) ? 'as much' : `${times(ratio)} times as much`} as`;
  return `A problem solved 1 time in 100 ${weighs(r)} one solved half of the time; one that fails 1 time in 100 ${weighs(s)} it.`;
}

/** What stands in the way of taking the curve for the whole of the update, one sentence each. */
export function updateWeightNotes(settings: RunSettings): string[] {
  const { filter, normalisation, reward, groupSize } = settings;
  const notes: string[] = [];
  const unused = idleReason('algorithm', settings);
  if (unused) notes.push(`${unused}, so this weight is not at work.`);
  else if (settings.verifier !== 'truth')
    notes.push('Here p is the probability of being paid, which is not that of being right.');
  if (!isDrawable(settings))
    notes.push(
      `With the reward for unlikely answers all 2^G sets of ranks have to be gone through, so the curve is drawn for groups of up to ${LARGEST_RANKED_GROUP}, not ${groupSize}.`,
    );
  if (reward === 'process')
    notes.push('This is the curve of the outcome alone: the rewards of the steps come on top.');
  if (filter === 'unsolved')
    notes.push('It holds until the first success on a problem; from then on its weight is 0.');
  const onOthers = [
    ...(normalisation === 'batch' ? ['whitening divides by the deviation of all advantages'] : []),
    ...(filter === 'mixed'
      ? ['groups that are all right or all wrong are replaced by others']
      : []),
  ];
  if (onOthers.length > 0)
    notes.push(
      `How high it stands is decided by all the problems of the rug, since ${onOthers.join(', and ')}.`,
    );
  notes.push(
    'KL, entropy bonus, covariance control and the clipping of later updates are not in it. Adam takes out the height as a whole: what counts is the shape.',
  );
  return notes;
}
