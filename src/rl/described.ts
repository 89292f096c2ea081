/** How an entry of one of the tables is told to a reader. */
export interface Described {
  label: string;
  /** One or two sentences with the formula. */
  help: string;
  /** Of the entry that leaves everything as it is without the others. */
  isNone?: true;
}
