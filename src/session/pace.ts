/** The speed of a run, and the waiting that keeps it. */
export interface Pace {
  /** At most so many steps a second; null for as fast as it goes. */
  stepsPerSecond: number | null;
  /** Has a wait look again whether it is still wanted, and how long it is. */
  wakeUp(): void;
  /** Waits out the rest of the time of a step that began at `began`, as long as `wants` says so. */
  wait(began: number, wants: () => boolean): Promise<void>;
}

/**
 * @param now a clock in milliseconds that never goes back: one that does would have a step wait for as long as it went.
 * @param whenWoken is done each time that a wait was woken and goes on.
 */
export function createPace(now: () => number, whenWoken: () => Promise<void>): Pace {
  let wake: (() => void) | null = null;
  const pace: Pace = {
    stepsPerSecond: null,
    wakeUp: () => wake?.(),
    async wait(began, wants) {
      const rest = (): number =>
        pace.stepsPerSecond === null ? 0 : 1000 / pace.stepsPerSecond - (now() - began);
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
        if (isOver) return;
        await whenWoken();
      }
    },
  };
  return pace;
}
