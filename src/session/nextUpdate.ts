import { dissectUpdate, noUpdateAfter } from '../experiments/dissectUpdate.ts';
import type { DissectedUpdate, NoUpdate } from '../experiments/dissection.ts';
import { withPolicies, type Moment } from './moment.ts';

/** The step after a moment, taken apart, or why there is none to take apart. */
export type NextUpdate =
  { update: DissectedUpdate; nothing: null } | { update: null; nothing: NoUpdate };

/** Makes the step after the moment on policies apart; `group` is the one told of, null for the first mixed one. */
export async function nextUpdate(
  moment: Moment,
  { group }: { group: number | null },
): Promise<NextUpdate> {
  const { engine, start, settings, checkpoint } = moment;
  const nothing = noUpdateAfter(checkpoint.step, settings);
  if (nothing) return { update: null, nothing };
  const { task, split, parameters: baseParameters } = start;
  const parts = { engine, task, baseParameters, split, settings, checkpoint };
  const update = await withPolicies(moment, (policies) => dissectUpdate(parts, policies, group));
  return { update, nothing: null };
}
