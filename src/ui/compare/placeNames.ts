import { around, boxAround, overlap, type Box, type Labelled } from '../../plots/placeLabels.ts';

/** Half of the side of the square that a mark takes. */
const MARK = 7;
/** Between a mark and its name. */
const GAP = 3;

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
  named: readonly Labelled[],
  frame: Box,
  lines: readonly Box[] = [],
  before: readonly Box[] = [],
): (Box | null)[] {
  const taken = [...before, ...named.map((mark) => boxAround(mark, MARK))];
  return named.map((mark) => {
    const free = around(mark, MARK + GAP).filter(
      (box) => isInside(box, frame) && taken.every((other) => overlap(box, other) === 0),
    );
    const covered = free.map((box) => lines.reduce((sum, line) => sum + overlap(box, line), 0));
    const best = free[covered.indexOf(Math.min(...covered))] ?? null;
    if (best) taken.push(best);
    return best;
  });
}

/** A mark of the plane, to be named. */
interface Named extends Labelled {
  id: string;
  bars: readonly Box[];
}

/**
 * Places the names of methods: `first` before the others, then those farthest from other marks, whose names are the
 * likelier to have room. The run that moves comes last, so that it moves no other name.
 */
export function placeMethods(
  named: readonly Named[],
  frame: Box,
  first: ReadonlySet<string>,
): (Box | null)[] {
  const still = named.filter(({ id }) => id !== 'live');
  const bars = still.flatMap((each) => each.bars);
  const room = ({ x, y }: Named): number =>
    Math.min(...still.map((other) => Math.hypot(other.x - x, other.y - y) || Number.MAX_VALUE));
  const ordered = [...still].sort(
    (a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || room(b) - room(a),
  );
  const boxes = placeNames(ordered, frame, bars);
  const taken = [
    ...boxes.filter((box) => box !== null),
    ...still.map((mark) => boxAround(mark, MARK)),
  ];
  return named.map((mark) =>
    mark.id === 'live' ? placeNames([mark], frame, bars, taken)[0]! : boxes[ordered.indexOf(mark)]!,
  );
}
