import { overlap, type Box } from '../../plots/placeLabels.ts';

/** A mark with the size of its name. */
export interface Named {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Half of the side of the square that a mark takes. */
const MARK = 7;
/** Between a mark and its name. */
const GAP = 3;

/** What a mark takes. */
export const markBox = ({ x, y }: Pick<Named, 'x' | 'y'>): Box => ({
  left: x - MARK,
  right: x + MARK,
  top: y - MARK,
  bottom: y + MARK,
});

/** The eight places around a mark, beside it first. */
function* around({ x, y, width, height }: Named): Generator<Box> {
  const away = MARK + GAP;
  const lefts = { after: x + away, before: x - away - width, middle: x - width / 2 };
  const tops = { above: y - away - height, below: y + away, beside: y - height / 2 };
  const order = [
    ['after', 'beside'],
    ['before', 'beside'],
    ['middle', 'above'],
    ['middle', 'below'],
    ['after', 'above'],
    ['after', 'below'],
    ['before', 'above'],
    ['before', 'below'],
  ] as const;
  for (const [across, down] of order) {
    const [left, top] = [lefts[across], tops[down]];
    yield { left, top, right: left + width, bottom: top + height };
  }
}

const isInside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left &&
  box.right <= frame.right &&
  box.top >= frame.top &&
  box.bottom <= frame.bottom;

/**
 * Boxes for the names of marks, the first mark first: beside its mark, inside the frame, on no mark and no other name, and
 * where there is a choice on few of `lines`; nor on what was there `before`. A mark around which there is no such place has no name, which is null.
 */
export function placeNames(
  named: readonly Named[],
  frame: Box,
  lines: readonly Box[] = [],
  before: readonly Box[] = [],
): (Box | null)[] {
  const taken = [...before, ...named.map(markBox)];
  return named.map((mark) => {
    const free = [...around(mark)].filter(
      (box) => isInside(box, frame) && taken.every((other) => overlap(box, other) === 0),
    );
    const covered = free.map((box) => lines.reduce((sum, line) => sum + overlap(box, line), 0));
    const best = free[covered.indexOf(Math.min(...covered))] ?? null;
    if (best) taken.push(best);
    return best;
  });
}
