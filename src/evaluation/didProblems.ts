/**
 * Hears that an evaluation is done with so many problems more. It is awaited, so that it can let others have their turn,
 * and what it throws ends the evaluation.
 */
export type DidProblems = (count: number) => Promise<void>;

/** For evaluations that nobody waits for. */
export const unheard: DidProblems = async () => {};

/**
 * Tells of problems whose sequences stand one problem after another, `owner[b]` being that of sequence b: each call says
 * that all before `to` are done, and `did` hears of the problems that have become complete by it.
 */
export function byOwner(
  owner: Int32Array,
  problems: number,
  did: DidProblems,
): (to: number) => Promise<void> {
  let told = 0;
  return async (to) => {
    // A problem without a sequence is done with the one before it.
    const complete = to === owner.length ? problems : owner[to]!;
    const more = complete - told;
    told = complete;
    await did(more);
  };
}
