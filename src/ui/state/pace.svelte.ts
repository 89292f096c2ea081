/** What a run can be slowed down to, in steps a second; null is as fast as it goes. */
export const SPEEDS: readonly (number | null)[] = [0.5, 1, 2, 5, 10, 30, null];

/** The next speed, slower or faster; the same at either end. */
export function nextSpeed(speed: number | null, to: 'slower' | 'faster'): number | null {
  const at = SPEEDS.indexOf(speed) + (to === 'slower' ? -1 : 1);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))]!;
}

/** Two digits, and what is faster to a whole number: `0.50`, `5.0`, `61`, `428`. */
export const speedText = (stepsPerSecond: number): string =>
  stepsPerSecond < 99.5 ? stepsPerSecond.toPrecision(2) : stepsPerSecond.toFixed(0);

/** Milliseconds that a speed is measured over: long enough to be read, short enough to follow a change of speed. */
const WINDOW_MS = 2000;

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

/** Milliseconds that a measured speed stays on screen at least: one that changes with every frame cannot be read. */
const STAYS_MS = 250;

/** How fast a run may go, and how fast it goes. */
export class Pace {
  /** Steps a second that are asked for; null for as fast as it goes. */
  limit = $state<number | null>(null);
  /** Updates made in the last seconds, a second of wall time. */
  measured = $state<number | null>(null);
  #now: () => number;
  #speed: ReturnType<typeof createSpeed>;
  /** Measured, and not shown yet. */
  #latest: number | null = null;
  #shownAt = -Infinity;

  constructor(now: () => number) {
    this.#now = now;
    this.#speed = createSpeed(now);
  }

  /** A row of a run that plays has arrived. */
  arrive(): void {
    this.#latest = this.#speed.arrive();
  }

  draw(): void {
    if (this.#latest === null || this.#now() < this.#shownAt + STAYS_MS) return;
    this.#shownAt = this.#now();
    this.measured = this.#latest;
    this.#latest = null;
  }

  /** From now on rows come at another speed, or not at all. */
  forget(): void {
    this.#speed.forget();
    this.#latest = this.measured = null;
    this.#shownAt = -Infinity;
  }
}
