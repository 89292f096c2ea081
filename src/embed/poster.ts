import { curveKs, meanPassAtK } from '../core/passAtK.ts';
import { say } from '../text/words.ts';
import { POSTER } from './words.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 640;
const HEIGHT = 320;
const FRAME = { left: 54, right: 566, top: 14, bottom: 272 };
const LARGEST = 1024;

/** A line of the poster: the mean pass@k of problems with the exact probabilities `p`. */
interface Curve {
  name: string;
  p: readonly number[];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: (Node | string)[]
): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/**
 * The pass@k of the base, and of a recorded run where `now` is given, before anything that draws the live figures is
 * loaded: mean over problems of 1 − (1 − p)^k, k from 1 to 1024 on a logarithmic axis.
 */
export function drawPoster(base: readonly number[], now: readonly number[] | null): SVGElement {
  const x = (k: number): number =>
    FRAME.left + (Math.log2(k) / Math.log2(LARGEST)) * (FRAME.right - FRAME.left);
  const y = (passAtK: number): number => FRAME.bottom - passAtK * (FRAME.bottom - FRAME.top);
  const curves: Curve[] = [{ name: 'base', p: base }, ...(now ? [{ name: 'now', p: now }] : [])];
  const ks = curveKs(LARGEST, 2, 4);
  const at = (curve: Curve, k: number): string => meanPassAtK(curve.p, k).toFixed(3);
  const label = curves
    .map((curve) =>
      say(POSTER.summary, {
        name: POSTER[curve.name as 'base' | 'now'],
        first: at(curve, 1),
        last: at(curve, LARGEST),
      }),
    )
    .join('; ');
  return element(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((value) => [
      element('line', {
        class: 'grid',
        x1: FRAME.left,
        x2: FRAME.right,
        y1: y(value),
        y2: y(value),
      }),
      element('text', { x: FRAME.left - 8, y: y(value) + 4, class: 'end' }, String(value)),
    ]),
    ...[1, 4, 16, 64, 256, 1024].map((k) =>
      element('text', { x: x(k), y: FRAME.bottom + 20, class: 'middle' }, String(k)),
    ),
    element(
      'text',
      { x: (FRAME.left + FRAME.right) / 2, y: HEIGHT - 8, class: 'middle' },
      POSTER.xAxis,
    ),
    element(
      'text',
      { class: 'middle', transform: `translate(14 ${(FRAME.top + FRAME.bottom) / 2}) rotate(-90)` },
      'pass@k',
    ),
    ...curves.flatMap((curve) => [
      element('path', {
        class: curve.name,
        d: ks
          .map(
            (k, i) =>
              `${i === 0 ? 'M' : 'L'}${x(k).toFixed(1)},${y(meanPassAtK(curve.p, k)).toFixed(1)}`,
          )
          .join(''),
      }),
      element(
        'text',
        {
          class: `label ${curve.name}`,
          x: FRAME.right + 8,
          y: y(meanPassAtK(curve.p, LARGEST)) + 4,
        },
        POSTER[curve.name as 'base' | 'now'],
      ),
    ]),
  );
}
