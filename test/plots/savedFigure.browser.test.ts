import { afterEach, describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/plots/save/figure.ts';

/** A figure in the page whose band is painted by a gradient and cut off by a clip path. */
function figureWith(id: string, width: number): HTMLElement {
  const figure = document.createElement('figure');
  figure.innerHTML = `<svg width="200" height="100">
    <defs><linearGradient id="${id}"><stop stop-color="red" /><stop offset="1" stop-color="blue" /></linearGradient>
    <clipPath id="${id}-clip"><rect width="150" height="50" /></clipPath></defs>
    <rect width="${width}" height="60" fill="url(#${id})" clip-path="url(#${id}-clip)" /></svg>`;
  document.body.append(figure);
  return figure;
}
afterEach(() => document.body.replaceChildren());

const idsIn = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
const referredIn = (svg: string): string[] =>
  [...svg.matchAll(/url\((?:&quot;)?#([^&)]+)/g)].map(([, id]) => id!);

describe('saved figures', () => {
  it('can stand in another one together: no id is in both, and none refers to the other', () => {
    // As two visits of the page name them alike.
    const saved = [100, 120].map((width) => {
      document.body.replaceChildren();
      return pictureOf(figureWith('c5', width), []).svg;
    });
    for (const svg of saved) {
      expect(idsIn(svg).length).toBe(2);
      expect(referredIn(svg).sort()).toEqual(idsIn(svg).sort());
    }
    expect(idsIn(saved[0]!).filter((id) => idsIn(saved[1]!).includes(id))).toEqual([]);

    document.body.innerHTML = saved.join('');
    const rects = [...document.querySelectorAll('[clip-path]')];
    expect(rects.length).toBe(2);
    for (const rect of rects) {
      const [, id] = /#([^")]+)/.exec(rect.getAttribute('fill')!)!;
      expect(document.getElementById(id!)!.closest('svg')).toBe(rect.closest('svg'));
    }
  });

  it('have the same bytes for the same look, whatever their ids were', () => {
    const [one, same] = ['c1', 's9'].map((id) => pictureOf(figureWith(id, 100), ['a note']).svg);
    expect(same).toBe(one);
  });
});
