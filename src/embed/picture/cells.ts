import { svg } from './svg.ts';

/** Widest and highest of a cell, with the gap beside it. */
const CELL = { width: 26, height: 34, gap: 3 };
const STOPS = ['42,26,94', '43,90,151', '31,161,135', '165,210,60', '253,231,37'].map((stop) =>
  stop.split(',').map(Number),
);

/** The colour of an exact p, on a logarithmic scale from 0.0001 to 1, as the live map has it. */
function shadeOf(p: number): string {
  const at = ((Math.log10(Math.max(p, 1e-4)) + 4) / 4) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(at));
  const [low, high] = [STOPS[below]!, STOPS[below + 1]!];
  return `rgb(${low.map((value, i) => Math.round(value + (at - below) * (high[i]! - value))).join()})`;
}

/** How many columns let all cells be as large as they can be in a box; each is 26 : 34. */
export function columnsFor(count: number, width: number, height: number): number {
  const scaleOf = (columns: number): number =>
    Math.min(
      1,
      width / (columns * CELL.width),
      height / (Math.ceil(count / columns) * CELL.height),
    );
  let best = 1;
  for (let columns = 1; columns <= count; columns++)
    if (scaleOf(columns) > scaleOf(best)) best = columns;
  return best;
}

/** One cell per problem, easy ones first: the upper half the base, the lower half now. */
export function drawCells(
  base: readonly number[],
  now: readonly number[] | null,
  { width, height, label }: { width: number; height: number; label: string },
): SVGElement {
  const order = base.map((_, i) => i).sort((a, b) => base[b]! - base[a]!);
  const columns = columnsFor(order.length, width, height);
  const scale = Math.min(
    ...[1, width / (columns * CELL.width)],
    height / (Math.ceil(order.length / columns) * CELL.height),
  );
  const [wide, high, gap] = [CELL.width * scale, CELL.height * scale, CELL.gap * scale];
  const half = (p: number | undefined, x: number, y: number): SVGElement =>
    svg('rect', {
      ...{ x: x.toFixed(1), y: y.toFixed(1) },
      ...{ width: (wide - gap).toFixed(1), height: ((high - gap) / 2).toFixed(1) },
      ...(p === undefined ? { class: 'unknown' } : { fill: shadeOf(p) }),
    });
  return svg(
    'svg',
    { width, height, role: 'img', 'aria-label': label },
    ...order.flatMap((problem, place) => {
      const [x, y] = [(place % columns) * wide, Math.floor(place / columns) * high];
      return [half(base[problem], x, y), half(now?.[problem], x, y + (high - gap) / 2)];
    }),
  );
}
