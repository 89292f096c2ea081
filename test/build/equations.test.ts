import { describe, expect, it } from 'vitest';
import { setEquation } from '../../src/build/equations.ts';
import EQUATIONS from '../../src/ui/story/equations.tex';
import { CHAPTERS } from '../../src/ui/story/chapters.ts';

const widthOf = (svg: string): number => Number(/ width="([\d.]+)em"/.exec(svg)![1]);

describe('an equation set by the build', () => {
  it('is as large as its text: a digit of the font is half an em wide', async () => {
    const { svg } = await setEquation('12');
    expect(svg).toMatch(/^<svg viewBox="0 -\d+ 1000 \d+" width="1em" /);
  });

  it('has parentheses as high as what they hold', async () => {
    const heightOf = async (tex: string): Promise<number> =>
      Number(/ height="([\d.]+)em"/.exec((await setEquation(tex)).svg)![1]);
    expect(await heightOf('(1 - p)')).toBe(1);
    expect(await heightOf('(1 - p)^k')).toBeLessThan(1.4);
  });

  it('needs neither a font nor a style, and takes the colour of the text', async () => {
    for (const { svg } of Object.values(EQUATIONS).flat()) {
      expect(svg).not.toMatch(/<text|font|\bstyle|\bid=|href|\bdata-/);
      expect(svg).toContain('fill="currentColor"');
      expect(svg.match(/<path /g)!.length).toBeGreaterThan(5);
    }
  });

  it('is MathML for whoever listens', async () => {
    const { mathml } = await setEquation('p^k = \\text{pass}');
    expect(mathml).toBe(
      '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' +
        '<msup><mi>p</mi><mi>k</mi></msup><mo>=</mo><mtext>pass</mtext></math>',
    );
  });

  it('fits a phone of 360 px with its margins of 12 px, at 1.2 of the size of text', () => {
    for (const { svg } of Object.values(EQUATIONS).flat())
      expect(widthOf(svg) * 1.2 * 16, svg).toBeLessThanOrEqual(360 - 2 * 12);
  });

  it('belongs to a chapter of the story', () => {
    expect(Object.keys(EQUATIONS)).toHaveLength(9);
    expect(CHAPTERS.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(EQUATIONS)),
    );
  });

  it.each(['\\frac{1}', '文'])('is refused by its name where it is %s', async (tex) => {
    await expect(setEquation(tex)).rejects.toThrow(`the equation ${tex} cannot be set: `);
  });
});
