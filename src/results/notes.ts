/** How often things were met that a reader of the numbers has to know: a sentence for each that was. */
export interface Notes {
  /** @param sentence `#` is how often */
  count(key: string, times?: number): void;
  of(sentences: Readonly<Record<string, Sentence>>): string[];
}

/** With one, and with several, of which `#` stands for the number. */
export type Sentence = readonly [one: string, several: string];

export function createNotes(): Notes {
  const counts = new Map<string, number>();
  return {
    count: (key, times = 1) => void counts.set(key, (counts.get(key) ?? 0) + times),
    of: (sentences) =>
      Object.entries(sentences).flatMap(([key, [one, several]]) => {
        const times = counts.get(key) ?? 0;
        return times === 0
          ? []
          : [times === 1 ? one : several.replace('#', times.toLocaleString('en'))];
      }),
  };
}

/** What several formats have to say. */
export const SENTENCES = {
  again: [
    'The id of 1 problem came more than once; its counts are added up.',
    'The ids of # problems came more than once; their counts are added up.',
  ],
  nulls: [
    '1 sample has no verdict; it counts as wrong.',
    '# samples have no verdict; they count as wrong.',
  ],
  empty: [
    '1 problem has an empty list of samples; it is left out.',
    '# problems have an empty list of samples; they are left out.',
  ],
} as const satisfies Record<string, Sentence>;
