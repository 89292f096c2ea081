/** A file, a pasted text or standard input: never read as a whole where its lines are enough. */
export interface Source {
  name: string;
  blob: Blob;
}

/** How many bytes of a source have been read. */
export type Told = (bytes: number) => void;
