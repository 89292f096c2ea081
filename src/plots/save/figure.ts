import { fixed } from './fixed.ts';
import { genericFamily, inlined, isSeen } from './inlined.ts';
import { withOwnIds } from './ownIds.ts';
import { plainColor } from './plainColor.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Around the figure, in pixels. */
const EDGE = 16;
/** The notes of a small figure need some room too. */
const LEAST_WIDTH = 480;
const NOTE_SIZE = 12;
const NOTE_LINE = 17;

/** The share of a line of text that is above its baseline, in common fonts. */
const ASCENT = 0.8;

/** What is in a figure for those who use it, and not for those who look at it. */
const LEFT_OUT =
  '.tools, .data, button:not([data-saved=true]), input, select, [hidden], [data-saved=false]';

/** Drawings in place of elements that are no SVG, each as large as its element. */
export type StandIns = ReadonlyMap<Element, SVGSVGElement>;

/** A picture with its size in pixels. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/**
 * A figure as it is on screen, title, caption and legend among it, as one SVG that needs nothing else: colours resolved,
 * fonts generic, below it `notes` on where it comes from. What scrolls in it is there as a whole. The same figure on
 * screen gives the same text, and two figures have no id in common.
 */
export function pictureOf(
  figure: HTMLElement,
  notes: readonly string[],
  standIns: StandIns = new Map(),
): Picture {
  const box = figure.getBoundingClientRect();
  const parts: string[] = [];
  let bottom = 0;
  let right = box.width;
  /** How far what comes next lies from where it is on screen, by what has been scrolled and what scrolls out of sight. */
  const moved = { x: 0, y: 0 };

  function addText(node: Text): void {
    const style = getComputedStyle(node.parentElement!);
    for (const { text, left, top, height } of linesOf(node)) {
      const [x, y] = [left - box.left + moved.x, top - box.top + moved.y + ASCENT * height];
      bottom = Math.max(bottom, y + 0.2 * height);
      parts.push(textAt(x + EDGE, y + EDGE, text, style));
    }
  }

  function addDrawing(drawing: SVGSVGElement): void {
    const { left, top, width, height } = drawing.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const copy = inlined(drawing);
    const style = getComputedStyle(drawing);
    const [x, y] = [left - box.left + moved.x, top - box.top + moved.y];
    for (const [name, value] of Object.entries({ x: x + EDGE, y: y + EDGE, width, height }))
      copy.setAttribute(name, fixed(value));
    copy.setAttribute('font-family', genericFamily(style.fontFamily));
    bottom = Math.max(bottom, y + height);
    right = Math.max(right, x + width);
    parts.push(new XMLSerializer().serializeToString(copy));
  }

  /** On the page for no longer than it takes to read the look of its marks: nothing is painted between. */
  function addStandIn(element: Element, drawing: SVGSVGElement): void {
    element.prepend(drawing);
    addDrawing(drawing);
    drawing.remove();
  }

  function walkScrolled(parent: Element): void {
    const { scrollLeft, scrollTop, scrollHeight, clientHeight } = parent;
    moved.x += scrollLeft;
    moved.y += scrollTop;
    walk(parent);
    moved.x -= scrollLeft;
    moved.y += scrollHeight - clientHeight - scrollTop;
  }

  function walk(parent: Element): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) addText(child as Text);
      else if (child instanceof SVGSVGElement) addDrawing(child);
      else if (!(child instanceof HTMLElement) || child.matches(LEFT_OUT)) continue;
      else if (standIns.has(child)) addStandIn(child, standIns.get(child)!);
      else if (isSeen(getComputedStyle(child))) (scrolls(child) ? walkScrolled : walk)(child);
    }
  }

  walk(figure);
  const width = Math.max(LEAST_WIDTH, Math.ceil(right) + 2 * EDGE);
  const surface = surfaceOf(figure);
  const { color, fontFamily } = getComputedStyle(figure);
  const top = Math.ceil(bottom) + EDGE;
  const lines = notes.flatMap((note) => wrapped(note, (width - 2 * EDGE) / (0.56 * NOTE_SIZE)));
  const noted = lines.map((line, i) =>
    element('text', line, {
      ...{ x: fixed(EDGE), y: fixed(top + (i + 1) * NOTE_LINE) },
      ...{ 'font-size': `${NOTE_SIZE}px`, 'font-family': genericFamily(fontFamily) },
      ...{ fill: plainColor(color), 'fill-opacity': '0.75' },
    }),
  );
  const height = top + lines.length * NOTE_LINE + EDGE;
  const svg = [
    `<svg xmlns="${NAMESPACE}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    // In one piece, as the notes below may be broken.
    `<desc>${escaped(notes.join('\n'))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${surface}"/>`,
    ...parts,
    ...noted,
    '</svg>\n',
  ].join('\n');
  return { svg: withOwnIds(svg), width, height };
}

const scrolls = (element: HTMLElement): boolean =>
  element.scrollHeight > element.clientHeight &&
  /auto|scroll/.test(getComputedStyle(element).overflowY);

/** The lines that a text is broken into on screen, with their places. */
function* linesOf(
  node: Text,
): Generator<{ text: string; left: number; top: number; height: number }> {
  const range = document.createRange();
  let line: { text: string; left: number; top: number; height: number } | null = null;
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const { left, top, width, height } = range.getBoundingClientRect();
    if (width === 0) continue;
    if (line && Math.abs(line.top - top) < height / 2) line.text += ` ${word}`;
    else {
      if (line) yield line;
      line = { text: word, left, top, height };
    }
  }
  if (line) yield line;
}

const textAt = (x: number, y: number, text: string, style: CSSStyleDeclaration): string =>
  element('text', text, {
    ...{ x: fixed(x), y: fixed(y), fill: plainColor(style.color) },
    ...{ 'font-size': style.fontSize, 'font-family': genericFamily(style.fontFamily) },
    ...(style.fontWeight === '400' ? {} : { 'font-weight': style.fontWeight }),
  });

function element(name: string, text: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${written.join('')}>${escaped(text)}</${name}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** Also without the characters that no XML may have. */
const escaped = (text: string): string =>
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/**
 * Lines of at most so many characters, broken between words where there are some; an address before the signs that part it,
 * so that each of its settings stays whole. What is still longer than a line is broken anywhere.
 */
export function wrapped(text: string, most: number): string[] {
  const room = Math.max(8, Math.floor(most));
  const lines: string[] = [];
  const add = (piece: string, gap: string): void => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + gap.length + piece.length <= room)
      lines[lines.length - 1] = last + gap + piece;
    else lines.push(piece);
  };
  for (const word of text.split(' ')) {
    const parts = word.length > room ? word.split(/(?=[?&#])/) : [word];
    const pieces = parts.flatMap((part) => part.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
    pieces.forEach((piece, i) => add(piece, i === 0 ? ' ' : ''));
  }
  return lines;
}

/** What the figure stands on. */
function surfaceOf(figure: Element): string {
  for (let at: Element | null = figure; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)) return plainColor(backgroundColor);
  }
  return 'rgb(255, 255, 255)';
}

/** Pixels of a PNG for each of the screen: sharp on a projector and on paper. */
const SCALE = 2;

/** A picture as PNG. @throws Error if the browser cannot draw it. */
export async function asPng({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * width;
  canvas.height = SCALE * height;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error('the browser made no PNG')))),
  );
}
