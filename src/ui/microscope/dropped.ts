import type { DissectedUpdate, DropReason } from '../../experiments/dissection.ts';
import { verifierOf } from '../../rl/verifiers.ts';
import type { RunSettings } from '../../run/table.ts';
import { comparesRewards, type Stage } from './sentences.ts';
import * as DROPPED from '../../messages/dropped.ts';

/** What a stage says of the groups that dynamic sampling has dropped; all its numbers are of the update. */
export function droppedSentence(
  { dropped, groups, trained, metrics, passes, answers }: DissectedUpdate,
  settings: RunSettings,
  stage: Stage,
): string {
  const count = (why: DropReason): number => dropped.filter((each) => each.why === why).length;
  const kept = trained ? groups.length : 0;
  const draws = metrics.num_gen_batches ?? 1;
  const [all, none, left] = [count('all'), count('none'), count('leftOver')];
  const values = {
    ...{ all, none, left, kept, draws, again: draws - 1, count: dropped.length, flat: all + none },
    drawn: dropped.length + kept,
    P: settings.prompts,
    G: answers.length,
    sequences: passes[0]?.sequences ?? 0,
    answers: dropped.length * answers.length,
    sampled: (dropped.length + kept) * answers.length,
  };
  if (dropped.length === 0) return DROPPED.nothing(values);
  if (stage === 'advantage' && !comparesRewards(settings.advantage))
    return DROPPED.advantageOther(values);
  if ((stage === 'gradient' || stage === 'afterwards') && kept === 0) return DROPPED.gradientNone;
  return DROPPED[stage](values);
}

/** Why a group was dropped, in two words; where something else than the verifier pays, all paid is not all right. */
export function dropReason(why: DropReason, { verifier }: Pick<RunSettings, 'verifier'>): string {
  if (verifierOf(verifier).isProgram || why === 'leftOver') return DROPPED[why];
  return DROPPED[`${why}Paid`];
}
