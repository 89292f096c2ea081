/** Safari throws at the hundredth change of an address within 30 s. */
const PAUSE_MS = 300;

/** Writes what is on screen into the address, in place of what is there, at most once in 300 ms and only what is new. */
export class Address {
  #next: (() => string) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param make gives what follows the path, with its `#`; '' for nothing. */
  write(make: () => string): void {
    this.#next = make;
    if (this.#timer === null) this.#flush();
  }

  /** Writes at once and as a place of its own, to which Back leads. */
  push(make: () => string): void {
    this.#next = null;
    const fragment = make();
    if (fragment !== location.hash)
      history.pushState(null, '', fragment || location.pathname + location.search);
  }

  /** Forgets what has not been written: the reader has written something else. */
  drop(): void {
    this.#next = null;
  }

  #flush(): void {
    this.#timer = null;
    const make = this.#next;
    this.#next = null;
    if (!make) return;
    this.#timer = setTimeout(() => this.#flush(), PAUSE_MS);
    const fragment = make();
    if (fragment === location.hash) return;
    history.replaceState(null, '', fragment || location.pathname + location.search);
  }
}
