/** A rectangle in pixels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** What is to be named: a place with the size of its name. */
export interface Labelled {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How much of both boxes is the same, in square pixels. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The room kept for the mark of a place itself, in pixels to each side. */
const MARK = 6;
/** Pixels between places that are tried. */
const GRID = 6;
/** Pixels of distance that a position of the grid gives away to one around its place. */
const HANDICAP = 16;
/** Square pixels of a covered line that weigh as much as one pixel of distance. */
const COVER = 4;

/** How far a box is from a place. */
function distance({ left, right, top, bottom }: Box, x: number, y: number): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/**
 * Boxes for the names of places: inside the frame, apart from one another and from the marks of all places, as near to
 * their own place as that allows, and rather beside than on `lines`, such as bars. The places are named from the top
 * down; each tries all positions of a grid of 6 pixels. Where there is no room, the box overlaps as little as it can.
 */
export function placeLabels(
  places: readonly Labelled[],
  frame: Box,
  lines: readonly Box[] = [],
): Box[] {
  const taken: Box[] = places.map((place) => boxAround(place, MARK));
  const placed: Box[] = [];
  const order = places.map((_, i) => i).sort((a, b) => places[a]!.y - places[b]!.y);
  for (const i of order) {
    const label = places[i]!;
    let best: { box: Box; cost: number } | null = null;
    for (const { box, handicap } of candidates(label, frame)) {
      const collision = taken.reduce((sum, other) => sum + overlap(box, other), 0);
      const covered = lines.reduce((sum, line) => sum + overlap(box, line), 0);
      const cost = collision * 1000 + distance(box, label.x, label.y) + covered / COVER + handicap;
      if (!best || cost < best.cost) best = { box, cost };
    }
    placed[i] = best!.box;
    taken.push(best!.box);
  }
  return placed;
}

/** Around its place, then everywhere. */
function* candidates(label: Labelled, frame: Box): Generator<{ box: Box; handicap: number }> {
  const { width, height } = label;
  for (const { left, top } of around(label, MARK + 2)) {
    const [inX, inY] = [Math.min(frame.right - width, left), Math.min(frame.bottom - height, top)];
    yield {
      box: boxOf(Math.max(frame.left, inX), Math.max(frame.top, inY), label),
      handicap: 0,
    };
  }
  for (let top = frame.top; top <= frame.bottom - height; top += GRID)
    for (let left = frame.left; left <= frame.right - width; left += GRID)
      yield { box: boxOf(left, top, label), handicap: HANDICAP };
}

/** The square around a place, `room` pixels to each side. */
export const boxAround = ({ x, y }: Pick<Labelled, 'x' | 'y'>, room: number): Box => ({
  left: x - room,
  right: x + room,
  top: y - room,
  bottom: y + room,
});

/** The eight positions of a name around its place, `away` pixels from it: beside it first, then above and below. */
export function around(label: Labelled, away: number): Box[] {
  const { x, y, width, height } = label;
  const [after, before, centre] = [x + away, x - away - width, x - width / 2];
  const [above, below, middle] = [y - away - height, y + away, y - height / 2];
  const positions = [
    [after, middle],
    [before, middle],
    [centre, above],
    [centre, below],
    [after, above],
    [after, below],
    [before, above],
    [before, below],
  ] as const;
  return positions.map(([left, top]) => boxOf(left, top, label));
}

const boxOf = (left: number, top: number, { width, height }: Labelled): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
});
