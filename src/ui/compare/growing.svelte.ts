/** What is to be made, a few entries a frame, so that many do not hold up the page. What has been made stays so. */
export class Growing {
  #made = $state.raw<ReadonlySet<string>>(new Set());
  #missing: string[] = [];
  #each: number;
  #frame: number | null = null;

  /** @param each entries a frame. */
  constructor(each: number) {
    this.#each = each;
  }

  has(id: string): boolean {
    return this.#made.has(id);
  }

  /** Makes these, in their order, beside what has been made. */
  want(ids: readonly string[]): void {
    this.#missing = ids.filter((id) => !this.#made.has(id));
    if (this.#missing.length > 0) this.#frame ??= requestAnimationFrame(() => this.#grow());
  }

  #grow(): void {
    this.#made = new Set([...this.#made, ...this.#missing.splice(0, this.#each)]);
    this.#frame = this.#missing.length > 0 ? requestAnimationFrame(() => this.#grow()) : null;
  }
}
