/** What the list of the keys of the page says. */
export const TEXT = {
  title: 'Keys',
  close: 'Close',
  note: 'While the focus is in a field, keys write there.',
};

/** What each key does. */
export const DOES = {
  play: 'play or pause',
  step: 'one training step',
  slower: 'play slower',
  faster: 'play faster',
  reset: 'reset: the same seed, the same run',
  newSeed: 'new seed, and a new run with it',
  undo: 'after either, for ten seconds: the run before is back',
  branch: 'branch off at the step that the figures show',
  pin: 'pin this run as a ghost, or let it go',
  scrub: 'on the timeline: the step that all figures show',
  now: 'back to the latest step; close this list',
  share: 'share and keep: link, run file, rows',
  help: 'this list',
};
export type KeyId = keyof typeof DOES;

/** How a reader knows those that are no letters. */
const NAMES: Partial<Record<KeyId, string>> = {
  play: 'Space',
  step: '. or →',
  slower: '−',
  scrub: '← → Home End',
  now: 'Esc',
};

/** As a reader knows a key. */
export const nameOf = ({ id, keys }: { id: KeyId; keys: readonly string[] }): string =>
  NAMES[id] ?? keys[0]!.toUpperCase();
