/** How an entry of one of the tables is told to a reader. */
export interface Described {
  label: string;
  /** One or two sentences with the formula. */
  help: string;
}
