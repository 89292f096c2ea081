/** What the page has to say beside the transport of what the reader has just done, and whether that was refused. */
export interface Remark {
  text: string;
  refused: boolean;
}

/** What the reader should know and that stops nothing, a sentence each. */
export class Notices {
  list = $state<string[]>([]);
  #ofLoss: string | null = null;

  add(...sentences: readonly string[]): void {
    this.list.push(...sentences);
  }

  /** Of several losses the last one tells what the run is computed on now. */
  addLoss(sentence: string): void {
    this.list = [...this.list.filter((notice) => notice !== this.#ofLoss), sentence];
    this.#ofLoss = sentence;
  }

  dismiss(index: number): void {
    this.list.splice(index, 1);
  }
}
