/** A list that is made a few entries a frame, so that a long one does not hold up the page. */
export class Growing {
  made = $state(0);
  #wanted = 0;
  #each: number;
  #frame: number | null = null;

  /** @param each entries a frame. */
  constructor(each: number) {
    this.#each = each;
  }

  /** Makes so many entries, and then whatever else there is. */
  to(wanted: number): void {
    this.#wanted = wanted;
    this.#frame ??= requestAnimationFrame(() => this.#grow());
  }

  #grow(): void {
    this.made += this.#each;
    if (this.made >= this.#wanted) this.made = Infinity;
    this.#frame = this.made < Infinity ? requestAnimationFrame(() => this.#grow()) : null;
  }
}
