/** Milliseconds that a speed is measured over: long enough to be read, short enough to follow a change of speed. */
const WINDOW_MS = 2000;

/** Two digits, and what is faster to a whole number: `0.50`, `5.0`, `61`, `428`. */
export const speedText = (stepsPerSecond: number): string =>
  stepsPerSecond < 99.5 ? stepsPerSecond.toPrecision(2) : stepsPerSecond.toFixed(0);

/** Measures how fast rows arrive, by a clock in milliseconds that never goes back. */
export function createSpeed(now: () => number) {
  let arrivals: number[] = [];
  return {
    /** What has been is no measure of what comes, as after a pause. */
    forget(): void {
      arrivals = [];
    },
    /** A row arrives; gives the rows a second over the last two seconds, or since the one before; null where no time has passed. */
    arrive(): number | null {
      const at = now();
      arrivals.push(at);
      const first = arrivals.findIndex((then) => then >= at - WINDOW_MS);
      // Of slow steps at least the last two.
      arrivals = arrivals.slice(Math.min(first, Math.max(0, arrivals.length - 2)));
      const passed = at - arrivals[0]!;
      return passed > 0 ? ((arrivals.length - 1) * 1000) / passed : null;
    },
  };
}
