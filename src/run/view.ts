/**
 * What a page shows beside the run; it has no effect on any number. In the address beside the flags of the settings, each
 * part with its own name.
 */
export interface View {
  /** As what the page is shown; the whole playground unless given. */
  view?: 'story' | 'lecture' | 'results';
  /** The name of a recorded study. */
  study?: string;
  /** The chapter of the story. */
  chapter?: string;
  /** The slide of the lecture. */
  slide?: string;
  /** The room of the page that is open. */
  room?: string;
  /** The step at which the timeline stands. */
  step?: number;
  /** The held-out problem that is opened, counted from 1. */
  problem?: number;
  /** What the curve over k counts: that at least one of k samples is right, or that all of them are; the first unless given. */
  curve?: CurveKind;
  /** The figures of an embed, in their order. */
  figures?: readonly string[];
  /** The counts of somebody's own models, as src/results/link.ts writes them. */
  counts?: string;
  /** The controls that are not shown, by name. */
  hide?: readonly string[];
  /** Whatever the system's choice is. */
  theme?: 'light' | 'dark';
}

export type ViewKey = keyof View;

/** How the parts of a view are read and written; a reader gives undefined for what it does not know. */
interface Part<Key extends ViewKey> {
  expected: string;
  read(text: string): Required<View>[Key] | undefined;
  write(value: Required<View>[Key]): string;
}

/** The views other than the whole playground. */
export const VIEWS = ['story', 'lecture', 'results'] as const;
/** pass@k, and pass^k. */
const CURVES = ['any', 'all'] as const;
export type CurveKind = (typeof CURVES)[number];
const THEMES = ['light', 'dark'] as const;

const choice = <T extends string>(values: readonly T[]) => ({
  expected: `one of ${values.join(', ')}`,
  read: (text: string) => values.find((value) => value === text),
  write: String,
});
/** A name as the project gives them to studies, chapters and slides. */
const name = {
  expected: 'a name',
  read: (text: string) => (text.trim() === '' ? undefined : text),
  write: String,
};
const names = {
  expected: 'names with commas between them',
  read: (text: string) => {
    const found = text.split(',').map((each) => each.trim());
    return found.every((each) => /^[\w@-]{1,40}$/.test(each)) ? [...new Set(found)] : undefined;
  },
  write: (value: readonly string[]) => value.join(','),
};

/** What they say is read where they are shown. */
const counts = {
  expected: 'letters, digits, - and _, at most 8000 of them',
  read: (text: string) => (/^[\w-]{1,8000}$/.test(text) ? text : undefined),
  write: String,
};

const wholeNumber = (from: number, to: number) => ({
  expected: `a whole number from ${from} to ${to}`,
  read: (text: string) => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    return value >= from && value <= to ? value : undefined;
  },
  write: String,
});

const PARTS: { readonly [Key in keyof Required<View>]: Part<Key> } = {
  view: choice(VIEWS),
  study: name,
  chapter: name,
  slide: name,
  room: name,
  step: wholeNumber(0, 100_000),
  problem: wholeNumber(1, 1000),
  curve: choice(CURVES),
  figures: names,
  counts,
  hide: names,
  theme: choice(THEMES),
};

/** In the order in which an address has them. */
export const VIEW_KEYS = Object.keys(PARTS) as ViewKey[];

/** What views had once, and links of then still say: it has no effect, and is nothing to tell a reader of. */
export const FORMER_KEYS: readonly string[] = ['lang'];

/** Takes one part of a view from its text into `view`; gives back what was expected where it is not that. */
export function readView<Key extends ViewKey>(view: View, key: Key, text: string): string | null {
  const part: Part<Key> = PARTS[key];
  const value = part.read(text);
  if (value === undefined) return part.expected;
  (view as Required<View>)[key] = value;
  return null;
}

/** The parts that a view has, as names and texts. */
export const writtenView = (view: View): [key: string, text: string][] =>
  VIEW_KEYS.flatMap((key) => written(view, key));

function written<Key extends ViewKey>(view: View, key: Key): [key: string, text: string][] {
  const part: Part<Key> = PARTS[key];
  const value = (view as Required<View>)[key];
  return value === undefined ? [] : [[key, part.write(value)]];
}
