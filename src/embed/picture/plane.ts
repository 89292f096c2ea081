import { svg } from './svg.ts';

/** An axis: where its values stand between 0 and 1, and which of them are written. */
export interface Axis {
  at(value: number): number;
  ticks(room: number): readonly number[];
  text(value: number): string;
  title: string;
}

export interface Line {
  /** A class of the style sheet, for its colour and dashes. */
  name: string;
  label: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** Lines over an axis; several planes stand one below the other and have the last one's x. */
export interface Plane {
  x: Axis;
  y: Axis;
  lines: readonly Line[];
  /** How much of the height it takes, beside the others. */
  share?: number;
}

const MARGIN = { top: 9, bottom: 40, between: 20 };
/** Of a letter in bold and of one that is not, and from one label to the next. */
const [BOLD, LETTER] = [9, 7.6];
const LINE = 15;
/** Ticks of a low drawing; a higher one has no longer texts. */
const FEW = 4;

/** At least a line apart, as near to where they were as can be. */
function spread(heights: readonly number[], lowest: number, highest: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const found = [...heights];
  let limit = lowest;
  for (const i of order) limit = (found[i] = Math.max(found[i]!, limit)) + LINE;
  limit = highest;
  for (const i of order.reverse()) limit = (found[i] = Math.min(found[i]!, limit)) - LINE;
  return found;
}

/** Every second one of them, until there are so few. */
export function thinned(values: readonly number[], most: number): readonly number[] {
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(values.length / Math.max(2, most))));
  return values.filter((_, i) => i % stride === 0);
}

/** Draws planes in so many pixels, with text in its own size; what there is none of is said in their middle. */
export function drawPlanes(
  planes: readonly Plane[],
  {
    width,
    height,
    label,
    none = '',
  }: { width: number; height: number; label: string; none?: string },
): SVGElement {
  const longest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map(({ length }) => length));
  const left = Math.max(
    50,
    30 + LETTER * longest(planes.flatMap(({ y }) => y.ticks(FEW).map((value) => y.text(value)))),
  );
  const names = planes.flatMap(({ lines }) => lines.map((line) => line.label));
  const right = Math.max(left + 40, width - 10 - BOLD * longest(names));
  const between = MARGIN.between * (planes.length - 1);
  const plain = Math.max(30, height - MARGIN.top - MARGIN.bottom - between);
  const shares = planes.reduce((sum, { share = 1 }) => sum + share, 0);
  let top = MARGIN.top;
  const parts = planes.flatMap((plane, i) => {
    const bottom = top + (plain * (plane.share ?? 1)) / shares;
    const frame = { left, right, top, bottom };
    top = bottom + MARGIN.between;
    return drawPlane(plane, frame, i === planes.length - 1);
  });
  const isEmpty = planes.every(({ lines }) => lines.length === 0);
  return svg(
    'svg',
    { width, height, role: 'img', 'aria-label': label },
    ...parts,
    ...(isEmpty && none
      ? [
          svg(
            'text',
            {
              class: 'middle',
              x: (left + right) / 2,
              y: (MARGIN.top + height - MARGIN.bottom) / 2,
            },
            none,
          ),
        ]
      : []),
  );
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function drawPlane({ x, y, lines }: Plane, box: Box, isLast: boolean): SVGElement[] {
  const { left, right, top, bottom } = box;
  const atX = (value: number): number => left + x.at(value) * (right - left);
  const atY = (value: number): number =>
    bottom - Math.min(1, Math.max(0, y.at(value))) * (bottom - top);
  const labels = spread(
    lines.map(({ points }) => atY(points.at(-1)![1])),
    top + 4,
    bottom - 2,
  );
  return [
    ...y
      .ticks((bottom - top) / 30)
      .flatMap((value) => [
        svg('line', { class: 'grid', x1: left, x2: right, y1: atY(value), y2: atY(value) }),
        svg('text', { class: 'end', x: left - 6, y: atY(value) + 4 }, y.text(value)),
      ]),
    svg(
      'text',
      { class: 'middle', transform: `translate(13 ${(top + bottom) / 2}) rotate(-90)` },
      y.title,
    ),
    ...x
      .ticks((right - left) / 38)
      .flatMap((value) => [
        svg('line', { class: 'axis', x1: atX(value), x2: atX(value), y1: bottom, y2: bottom + 4 }),
        ...(isLast
          ? [svg('text', { class: 'middle', x: atX(value), y: bottom + 17 }, x.text(value))]
          : []),
      ]),
    svg('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom }),
    ...(isLast
      ? [svg('text', { class: 'middle', x: (left + right) / 2, y: bottom + 35 }, x.title)]
      : []),
    ...lines.flatMap(({ name, label, points }, i) => {
      const places = points.map(([px, py]) => `${atX(px).toFixed(1)},${atY(py).toFixed(1)}`);
      return [
        ...(points.length > 1
          ? [svg('path', { class: name, d: `M${places.join('L')}` })]
          : [svg('circle', { class: name, r: 3, cx: atX(points[0]![0]), cy: atY(points[0]![1]) })]),
        svg(
          'text',
          { class: `label ${name}`, x: atX(points.at(-1)![0]) + 7, y: labels[i]! + 4 },
          label,
        ),
      ];
    }),
  ];
}
