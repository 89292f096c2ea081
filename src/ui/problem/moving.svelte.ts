/** Milliseconds for numbers to move from one checkpoint to the next. */
const MOVE = 450;

const slowly = matchMedia('(prefers-reduced-motion: reduce)');

/** Numbers by name that move to where they are sent; one that was not there before comes from 0. */
export class Moving {
  current = $state.raw<Readonly<Record<string, number>>>({});
  #frame = 0;

  constructor(start: Readonly<Record<string, number>>) {
    this.current = start;
  }

  /** Starts the way from where they are now; readers who want no motion see them there at once. */
  to(target: Readonly<Record<string, number>>): void {
    this.stop();
    if (slowly.matches) {
      this.current = target;
      return;
    }
    const from = this.current;
    const began = performance.now();
    const move = (now: number): void => {
      const left = Math.max(0, 1 - (now - began) / MOVE) ** 3;
      this.current =
        left === 0
          ? target
          : Object.fromEntries(
              Object.entries(target).map(([name, value]) => [
                name,
                value + ((from[name] ?? 0) - value) * Math.min(1, left),
              ]),
            );
      if (left > 0) this.#frame = requestAnimationFrame(move);
    };
    this.#frame = requestAnimationFrame(move);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }
}
