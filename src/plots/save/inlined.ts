import { plainColor } from './plainColor.ts';

/** What a mark's look is made of, with what SVG has where nothing is said. */
const LOOKS: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  // A label keeps clear of lines by a wide outline behind it.
  'paint-order': 'normal',
};
const TEXT_LOOKS: Readonly<Record<string, string>> = {
  'text-anchor': 'start',
  'font-size': '',
  'font-weight': '400',
  'font-style': 'normal',
};

/** Names of what only a page needs. */
const OF_PAGE = /^(class|style|role|tabindex|aria-.*|data-.*|on.*)$/;

const STOP_LOOKS: Readonly<Record<string, string>> = { 'stop-color': '', 'stop-opacity': '1' };

/** Groups and what is never drawn have no look of their own. */
const WITHOUT_LOOK = new Set(['g', 'svg', 'defs', 'clipPath', 'linearGradient', 'title', 'desc']);
/** Never drawn by themselves, whatever their style says; others refer to them. */
const REFERRED_TO = new Set(['clipPath', 'linearGradient', 'stop']);

const looksOf = (tagName: string): Readonly<Record<string, string>> => {
  if (tagName === 'stop') return STOP_LOOKS;
  return tagName === 'text' || tagName === 'tspan' ? { ...LOOKS, ...TEXT_LOOKS } : LOOKS;
};

/** Whether a reader sees an element; one that is there for screen readers alone is clipped to nothing. */
export function isSeen(style: CSSStyleDeclaration): boolean {
  const { display, visibility, opacity, clipPath } = style;
  return (
    display !== 'none' && visibility === 'visible' && opacity !== '0' && clipPath !== 'inset(50%)'
  );
}

/** The family as any machine has one. */
export const genericFamily = (family: string): string =>
  /mono/i.test(family)
    ? 'monospace'
    : /serif/i.test(family) && !/sans/i.test(family)
      ? 'serif'
      : 'sans-serif';

/**
 * A copy of a drawing that needs no page around it: each mark with the look that it has on screen, in attributes, and
 * without what is not seen.
 */
export function inlined(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [...drawing.querySelectorAll<SVGElement>('*')];
  const copies = [...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    const mark = copies[i]!;
    if (!isSeen(style) && !REFERRED_TO.has(original.tagName)) mark.remove();
    else dress(mark, style);
  });
  strip(copy);
  for (const mark of [...copy.querySelectorAll('*')]) {
    strip(mark);
    for (const child of [...mark.childNodes])
      if (child.nodeType === Node.COMMENT_NODE) child.remove();
  }
  return copy;
}

function strip(element: Element): void {
  for (const { name } of [...element.attributes])
    if (OF_PAGE.test(name)) element.removeAttribute(name);
}

function dress(mark: SVGElement, style: CSSStyleDeclaration): void {
  const { transform } = style;
  if (transform !== 'none' && !mark.hasAttribute('transform'))
    mark.setAttribute('transform', transform);
  if (WITHOUT_LOOK.has(mark.tagName)) {
    if (style.opacity !== '1') mark.setAttribute('opacity', style.opacity);
    return;
  }
  for (const [name, standard] of Object.entries(looksOf(mark.tagName))) {
    const value = plainColor(style.getPropertyValue(name));
    if (value === standard || value === '') mark.removeAttribute(name);
    else mark.setAttribute(name, value);
  }
}
