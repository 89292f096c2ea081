import type { StandIns } from '../../plots/save/figure.ts';
import { CELL, ramp } from '../../embed/picture/cellGrid.ts';
import { drawHalves } from '../../embed/picture/cells.ts';
import { svg as element } from '../../embed/picture/svg.ts';

/** What the map of the problems shows, for a picture of it. */
export interface MapDrawing {
  columns: number;
  /** Colours of base and now, in the order of the map. */
  cells: readonly { base: string; now: string; fate: string; isOpened: boolean }[];
}

const OUTLINE = 2.5;

const drawing = (width: number, height: number, marks: readonly SVGElement[]): SVGSVGElement => {
  const svg = element('svg', { width, height }) as SVGSVGElement;
  // Nothing on screen gives way to it while its look is read.
  svg.style.position = 'absolute';
  svg.append(...marks);
  return svg;
};

const OUTLINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lost: { stroke: 'var(--bad)' },
  gained: { stroke: 'var(--good)', 'stroke-dasharray': '6 4' },
};

/** The rectangle of an outline that lies within a box. */
const outline = (x: number, y: number, width: number, height: number, fate: string): SVGElement =>
  element('rect', {
    ...{ x: x + OUTLINE / 2, y: y + OUTLINE / 2, rx: 3 },
    ...{ width: width - OUTLINE, height: height - OUTLINE },
    ...{ fill: 'none', 'stroke-width': OUTLINE, ...OUTLINES[fate] },
  });

function cellsDrawing({ columns, cells }: MapDrawing): SVGSVGElement {
  const { columnWidth, rowHeight, width, height } = CELL;
  const marks = cells.flatMap(({ base, now, fate, isOpened }, place) => {
    const [x, y] = [(place % columns) * columnWidth, Math.floor(place / columns) * rowHeight];
    return [
      ...drawHalves({ base, now }, { x, y }),
      ...(fate in OUTLINES ? [outline(x, y, width, height, fate)] : []),
      ...(isOpened
        ? [element('rect', { x, y, width, height, rx: 3, fill: 'none', stroke: 'var(--ink)' })]
        : []),
    ];
  });
  const rows = Math.ceil(cells.length / columns);
  return drawing(columns * columnWidth, rows * rowHeight, marks);
}

/** So many steps of colour stand for the ramp: all programs draw them, and the same way. */
const RAMP_STEPS = 32;

/** In place of the buttons of the map, and of what of its legend is a box of HTML: the same as rectangles. */
export function mapStandIns(figure: HTMLElement, map: MapDrawing): StandIns {
  const standIns = new Map<Element, SVGSVGElement>([
    [figure.querySelector('.cells')!, cellsDrawing(map)],
  ]);
  const box = figure.querySelector('.ramp')!;
  const { width, height } = box.getBoundingClientRect();
  const step = width / RAMP_STEPS;
  const shades = Array.from({ length: RAMP_STEPS }, (_, i) =>
    element('rect', {
      ...{ x: i * step, width: step + 0.5, height },
      fill: ramp((i + 0.5) / RAMP_STEPS),
    }),
  );
  standIns.set(box, drawing(width, height, shades));
  for (const key of figure.querySelectorAll('.key')) {
    const { width, height } = key.getBoundingClientRect();
    const text = element('text', {
      ...{ x: width / 2, y: height / 2, dy: '0.35em', 'text-anchor': 'middle' },
      fill: 'currentColor',
    });
    text.textContent = key.textContent;
    const fate = Object.keys(OUTLINES).find((name) => key.classList.contains(name))!;
    standIns.set(key, drawing(width, height, [outline(0, 0, width, height, fate), text]));
  }
  return standIns;
}
