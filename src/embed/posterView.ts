import { meanPassAtK } from '../core/passAtK.ts';
import { say } from '../text/words.ts';
import type { Head } from './head.ts';
import type { Picture, Seen } from './picture/figures.ts';
import { POSTER } from './words.ts';

/** All that a poster says and shows. */
export interface PosterContent {
  head: Head;
  /** Null for settings of no recorded run. */
  recorded: { step: number; seed: number } | null;
  seen: Seen;
  pictures: readonly Picture[];
  /** What of the address could not be taken, a sentence each. */
  problems: readonly string[];
  /** Where the whole playground stands with the same set-up. */
  whole: string;
  run(): void;
}

function part<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A poster in the box of the frame: what fills it is drawn to the pixels that are left. */
export function drawPoster({
  head,
  pictures,
  problems,
  whole,
  run,
  ...known
}: PosterContent): HTMLElement {
  const main = part('main', 'poster shell');
  main.append(part('h1', 'title', head.title), part('p', 'words', head.caption));
  main.append(numbersLine(known), figureBoxes(pictures));
  if (problems.length > 0) {
    const list = part('div', 'problems', ...problems.map((each) => part('p', 'problem', each)));
    // It scrolls where it is longer than its place.
    Object.assign(list, { tabIndex: 0, role: 'group', ariaLabel: POSTER.problems });
    main.append(list);
  }
  const button = part('button', 'run primary', `▶ ${POSTER.run}`);
  button.dataset['control'] = 'play';
  button.onclick = () => {
    button.disabled = true;
    button.textContent = POSTER.starting;
    run();
  };
  const open = part('a', 'open', POSTER.open);
  open.dataset['control'] = 'open';
  Object.assign(open, { href: whole, target: '_blank', rel: 'noopener' });
  main.append(part('p', 'acts', button, open));
  return main;
}

/** Says something else above the figures of the poster that is somewhere, and leaves all else as it is. */
export function sayHead(within: ParentNode, { title, caption }: Head): void {
  const put = (selector: string, text: string): void => {
    const told = within.querySelector(`.poster > ${selector}`);
    if (told) told.textContent = text;
  };
  put('.title', title);
  put('.words', caption);
}

/**
 * The numbers of the base and, of a recorded run, at its end; nothing where not even the base is known. Without the entropy:
 * its values are of other problems at each step, so that they differ even where nothing is learned.
 */
function numbersLine({ recorded, seen }: Pick<PosterContent, 'recorded' | 'seen'>): HTMLElement {
  const { baseP, p } = seen;
  if (!baseP) return part('p', 'numbers-line');
  const numbers = part(
    'span',
    'of-run',
    ...[1, 256].map((k) => numberOf(`pass@${k}`, meanPassAtK(baseP, k), p && meanPassAtK(p, k))),
  );
  numbers.dataset['control'] = 'headline';
  const { step: steps, seed } = recorded ?? {};
  const of = recorded ? say(POSTER.recorded, { steps: steps!, seed: seed! }) : POSTER.untrained;
  // Apart from them: who leaves the numbers out still shows a picture of a recorded run.
  return part('p', 'numbers-line', numbers, part('span', 'of', of));
}

function numberOf(name: string, base: number, now?: number): HTMLElement {
  const [from, to] = [base, now].map((value) => value?.toFixed(3));
  return part('span', '', `${name} ${from}`, ...(to ? [' → ', part('b', '', to)] : []));
}

/** Beside one another where there is room for all, else one of them, chosen by its name. */
function figureBoxes(pictures: readonly Picture[]): HTMLElement {
  const boxes = pictures.map(({ name, title, note, draw }) => {
    const place = part('div', 'drawing');
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = place;
      if (width > 0 && height > 0) place.replaceChildren(draw(width, height));
    }).observe(place);
    const box = part('figure', 'card', part('h2', 'name', title), part('p', 'note', note), place);
    box.dataset['figure'] = name;
    return box;
  });
  const tabs = pictures.map(({ title }, i) => {
    const tab = part('button', '', title);
    tab.onclick = () => choose(i);
    return tab;
  });
  const choose = (chosen: number): void => {
    tabs.forEach((tab, i) => (tab.ariaPressed = String(i === chosen)));
    boxes.forEach((box, i) => box.classList.toggle('chosen', i === chosen));
  };
  choose(0);
  const line = part('div', 'choices', ...tabs);
  Object.assign(line, { role: 'group', ariaLabel: POSTER.figures });
  return part('div', `figures of-${Math.min(4, pictures.length)}`, line, ...boxes);
}
