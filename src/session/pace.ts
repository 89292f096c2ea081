/** The speed of a run, and the waiting that keeps it. */
export interface Pace {
  /** At most so many steps a second; null for as fast as it goes. */
  stepsPerSecond: number | null;
  /** Has a wait look again whether it is still wanted, and how long it is. */
  wakeUp(): void;
  /** Waits out the rest of the time of a step that began at `began`, as long as `wants` says so. */
  wait(began: number, wants: () => boolean): Promise<void>;
}

/** A timer may come late by so much more, in milliseconds, than was asked for; what is later than that is not made up for. */
const MOST_LATE_MS = 50;

/**
 * @param now a clock in milliseconds that never goes back: one that does would have a step wait for as long as it went.
 * @param whenWoken is done each time that a wait was woken and goes on.
 */
export function createPace(now: () => number, whenWoken: () => Promise<void>): Pace {
  let wake: (() => void) | null = null;
  /** By how much the last timer came late; the next wait is shorter by it, so that 30 steps a second are 30. */
  let late = 0;
  const pace: Pace = {
    stepsPerSecond: null,
    wakeUp: () => wake?.(),
    async wait(began, wants) {
      const behind = late;
      late = 0;
      const rest = (): number =>
        pace.stepsPerSecond === null ? 0 : 1000 / pace.stepsPerSecond - (now() - began) - behind;
      while (wants() && rest() > 0) {
        const isOver = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), rest());
          wake = () => {
            clearTimeout(timer);
            resolve(false);
          };
        });
        wake = null;
        // The timer knows best, whatever a clock says that was set anew meanwhile.
        if (isOver) {
          late = Math.min(MOST_LATE_MS, Math.max(0, -rest()));
          return;
        }
        await whenWoken();
      }
      // What this step has not made up for is left to the next.
      late = Math.max(0, Math.min(behind, -rest()));
    },
  };
  return pace;
}
