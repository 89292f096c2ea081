import type { Progress } from '../session/protocol.ts';
import * as TEXT from '../messages/timeLeft.ts';

/** What is said of something that is being done, with about how long it still takes where that is known. */
export function withTime({ secondsLeft }: Progress, what: string): string {
  if (secondsLeft === undefined) return what;
  // Five seconds, a minute, half an hour: as finely as an estimate from the past is worth.
  if (secondsLeft <= 55)
    return TEXT.seconds({ n: 5 * Math.ceil(Math.max(1, secondsLeft) / 5), what });
  const minutes = Math.round(secondsLeft / 60);
  if (minutes < 90) return TEXT.minutes({ n: minutes, what });
  return TEXT.hours({ n: Math.round(minutes / 30) / 2, what });
}
