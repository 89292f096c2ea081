/** Seconds; work that is done in less time needs no word on how long it takes. */
export const WORTH_TELLING_S = 10;

/** Milliseconds of the past that the future is judged by: parts of the same work may differ in pace. */
const WINDOW_MS = 10_000;

/** Milliseconds that a pace must have been watched for: the first piece of work may be small, or pay for all others. */
const EVIDENCE_MS = 1000;

interface Mark {
  at: number;
  share: number;
}

/**
 * How many seconds work will still take, each time that it is told which share of it is done:
 *
 *   left = (1 − share) · (at − at₀) / (share − share₀)
 *
 * where (at₀, share₀) is the latest mark that is at least ten seconds old, or the first. Null until there is a pace to
 * judge by, of a second at least, and for work that will have taken less than ten seconds in all; what has been told once is told to the end.
 * A share below the last one is that of other work, which begins with it.
 *
 * @param now a clock in milliseconds that never goes back.
 */
export function createTimeLeft(now: () => number): (share: number) => number | null {
  let marks: Mark[] = [];
  let began = 0;
  let isTold = false;
  return (share) => {
    const at = now();
    if (marks.length === 0 || share < marks.at(-1)!.share) {
      marks = [];
      began = at;
      isTold = false;
    }
    marks.push({ at, share });
    while (marks.length > 2 && at - marks[1]!.at >= WINDOW_MS) marks.shift();
    const from = marks[0]!;
    if (share === from.share || at - from.at < EVIDENCE_MS) return null;
    const left = ((1 - share) * (at - from.at)) / (share - from.share) / 1000;
    isTold ||= (at - began) / 1000 + left > WORTH_TELLING_S;
    return isTold ? left : null;
  };
}
