import { does, names, note, title } from '../../messages/keys.ts';
import { KEYS, type Key, type KeyId } from './keys.ts';

/** How a reader knows those that are no letters. */
const NAMES: Partial<Record<KeyId, string>> = names;

/** As a reader knows a key. */
export const nameOf = ({ id, keys }: Pick<Key, 'id' | 'keys'>): string =>
  NAMES[id] ?? keys[0]!.toUpperCase();

/** The keys of the page, for whoever asks for them. */
export const KEYS_LIST = {
  title,
  note,
  keys: KEYS.map((key) => ({ name: nameOf(key), does: does[key.id] })),
};
