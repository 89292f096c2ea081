import { getContext, setContext } from 'svelte';

/** What a figure that is taken along says of where it comes from. */
export interface FigureNotes {
  lines: readonly string[];
  /** What the name of its file begins with. */
  stem: string;
}

type Notes = () => Promise<FigureNotes>;
const KEY = 'figure notes';

/** For all figures below the component that calls it. */
export const setFigureNotes = (notes: Notes): unknown => setContext(KEY, notes);
export const getFigureNotes = (): Notes | undefined => getContext<Notes | undefined>(KEY);
