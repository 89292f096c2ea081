import type { TrainRow } from '../../experiments/train.ts';
import type { RunSettings } from '../../run/table.ts';
import { shownY } from './feedback.ts';
import * as STORY from '../../messages/story.ts';

/** Below so many nats a token a policy writes nearly the same to everything. */
const DECIDED = 0.1;

/**
 * Says so where a run has collapsed: one try solves less than half of what it solved before training. Empty where it has not.
 */
export function collapseSentence(
  rows: readonly TrainRow[],
  { verifier }: Pick<RunSettings, 'verifier'>,
): string {
  const [first, last] = [rows[0], rows.findLast(({ heldOut }) => heldOut)];
  const [before, now] = [first?.heldOut?.passAt['1'], last?.heldOut?.passAt['1']];
  if (before === undefined || now === undefined || now >= before / 2) return '';
  const [one, base] = [shownY(now, 1), shownY(before, 1)];
  // Where something else than right answers is paid, that is no collapse but what was asked for.
  if (verifier !== 'truth') return '';
  return last!.entropy < DECIDED
    ? STORY.collapsed({ entropy: last!.entropy.toFixed(2), one, base })
    : STORY.stuck({ one, base });
}
