/** Elements that act on keys by themselves when they have the focus: on all keys, or on some. */
export interface Taker {
  selector: string;
  keys?: readonly string[];
}

/** Whether the focused element, or one around it, takes a key itself. */
export const isTaken = (
  takers: readonly Taker[],
  key: string,
  focused: Pick<Element, 'closest'> | null,
): boolean =>
  takers.some(({ selector, keys }) => (keys?.includes(key) ?? true) && focused?.closest(selector));
