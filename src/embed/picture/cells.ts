import { CELL, cellGrid, shadeOf } from './cellGrid.ts';
import { svg } from './svg.ts';

/** How much of a cell is the base's, and how much lies between base and now. */
const SHARE = { base: 0.46, between: 0.08 };
/** From the edge of a cell to the thin line around one whose fate nobody tells. */
const AROUND = 2;

/** The two halves of a cell: the upper one the base, the lower one now. */
export function drawHalves(
  { base, now }: { base: string; now: string },
  { x, y, scale = 1 }: { x: number; y: number; scale?: number },
): SVGElement[] {
  const { inset } = CELL;
  const [width, height] = [CELL.width - 2 * inset, CELL.height - 2 * inset];
  const half = (from: number, fill: string): SVGElement =>
    svg('rect', {
      ...{ x: x + inset * scale, y: y + (inset + from * height) * scale, fill },
      ...{ width: width * scale, height: SHARE.base * height * scale },
    });
  return [half(0, base), half(SHARE.base + SHARE.between, now)];
}

/** One cell per problem, easy ones first: the upper half the base, the lower half now. */
export function drawCells(
  base: readonly number[],
  now: readonly number[] | null,
  { width, height, label }: { width: number; height: number; label: string },
): SVGElement {
  const order = base.map((_, i) => i).sort((a, b) => base[b]! - base[a]!);
  const { columns, scale } = cellGrid(order.length, width, height);
  return svg(
    'svg',
    { width, height, role: 'img', 'aria-label': label },
    ...order.flatMap((problem, place) => {
      const x = (place % columns) * CELL.columnWidth * scale;
      const y = Math.floor(place / columns) * CELL.rowHeight * scale;
      return [
        svg('rect', {
          ...{ class: 'cell', x: x + AROUND * scale, y: y + AROUND * scale },
          width: (CELL.width - 2 * AROUND) * scale,
          height: (CELL.height - 2 * AROUND) * scale,
        }),
        ...drawHalves(
          { base: shadeOf(base[problem]), now: shadeOf(now?.[problem]) },
          { x, y, scale },
        ),
      ];
    }),
  );
}
