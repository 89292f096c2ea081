/** Safari throws at the hundredth change of an address within 30 s. */
const PAUSE_MS = 300;

/** Writes what is on screen into the address, in place of what is there, at most once in 300 ms and only what is new. */
export class Address {
  /** Of the entry of the history that is shown: entries of one place differ only in what of the same page is open. */
  #place: number | null = null;
  #next: (() => string) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param make gives what follows the path, with its `#`; '' for nothing. */
  write(make: () => string): void {
    this.#next = make;
    if (this.#timer === null) this.#flush();
  }

  /** Writes at once and as an entry of its own in the same place, so that Back leads to the one before. */
  push(make: () => string): void {
    this.#next = null;
    const fragment = make();
    if (fragment === location.hash) return;
    // Unlike that of any other visit that the history still has.
    const place = (this.#place ??= Date.now());
    history.replaceState({ place }, '');
    history.pushState({ place }, '', fragment || location.pathname + location.search);
  }

  /** The reader has come to an entry of the history. @returns whether it is in the place where they were. */
  arrive(): boolean {
    const place = (history.state as { place?: number } | null)?.place ?? null;
    const isHere = place !== null && place === this.#place;
    this.#place = place;
    return isHere;
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
    history.replaceState(history.state, '', fragment || location.pathname + location.search);
  }
}
