/**
 * Does pieces of work one after another, in the order in which they are asked for, whether or not whoever asks waits for the
 * one before: a verb of a policy that pauses between its parts must not meet the next one there.
 */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
