import { getContext, setContext } from 'svelte';

/** How figures are drawn for a place that is looked at from afar. */
export interface Fill {
  /** How large the type of their axes is, times its usual size. */
  readonly type: number;
  /** Whether they take the height that their place leaves them, instead of one of their own. */
  readonly isOn: boolean;
  /**
   * The heights of drawings that stand one above the other.
   * @param room pixels that there are for all of them.
   * @param own their heights in a place that is not to be filled.
   * @param around what of these are margins.
   */
  heights(room: number, own: readonly number[], around: readonly number[]): readonly number[];
  /** How many times its own size each of `count` cells is, in rows from left to right. */
  size(width: number, height: number, count: number, cellWidth: number, cellHeight: number): number;
}

const KEY = 'fill';

/** For all figures below the component that calls it. */
export const setFill = (fill: Fill): unknown => setContext(KEY, fill);
export const getFill = (): Fill | undefined => getContext<Fill | undefined>(KEY);
