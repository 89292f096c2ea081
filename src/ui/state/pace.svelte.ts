import { createSpeed } from '../speed.ts';

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
