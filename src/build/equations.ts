import type { MathJax } from 'mathjax';
import type { Plugin } from 'vite';

/** One line of an equation as two pieces of HTML: a picture for the eye, and MathML for whoever listens. */
export interface SetEquation {
  svg: string;
  mathml: string;
}

/** The units of MathJax's pictures in one em of its font. */
const UNITS_PER_EM = 1000;

/** Loaded when the first equation is met, and once. */
let mathjax: Promise<MathJax> | null = null;
const loadMathJax = (): Promise<MathJax> =>
  (mathjax ??= import('mathjax').then(({ default: { init } }) =>
    init({
      loader: { load: ['input/tex-base', 'output/svg'] },
      tex: {
        packages: ['base'],
        formatError: (_tex: unknown, error: Error) => {
          throw error;
        },
      },
      // Every glyph where it stands: shared ones have ids, which would be the same in two equations of a page.
      svg: { fontCache: 'none' },
      startup: { typeset: false },
    }),
  ));

/**
 * Sets a displayed equation in the outlines of MathJax's own font, so that it is the same whatever fonts a reader has. The
 * picture is as large as the text around it (1 em is 1 em), in its colour, and has no style attribute, which the page's
 * content security policy forbids.
 *
 * @throws Error naming the equation: if it is no TeX, or has a character that the font lacks.
 */
export async function setEquation(tex: string): Promise<SetEquation> {
  const { tex2svg, tex2mml, startup } = await loadMathJax();
  const { adaptor } = startup;
  try {
    const picture = adaptor.firstChild(tex2svg(tex, { display: true }));
    const viewBox = adaptor.getAttribute(picture, 'viewBox');
    const [width, height] = viewBox
      .split(' ')
      .slice(2)
      .map((units) => Number(units) / UNITS_PER_EM);
    const glyphs = bare(adaptor.innerHTML(picture));
    // A character without an outline would be text, in whatever font there is.
    if (/<text|\bstyle=/.test(glyphs)) throw new Error('a part of it is not in the font');
    return {
      svg: `<svg viewBox="${viewBox}" width="${width}em" height="${height}em" aria-hidden="true">${glyphs}</svg>`,
      mathml: bare(tex2mml(tex, { display: true })).replace(/>\s+</g, '><'),
    };
  } catch (error) {
    throw new Error(`the equation ${tex} cannot be set: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Without what only MathJax's own scripts read. */
const bare = (markup: string): string => markup.replace(/ data-[\w-]+="[^"]*"/g, '');

/** The equations of a file of TeX: `% name` begins one, and each line after it is a line of it. */
function equationsIn(source: string): [name: string, lines: string[]][] {
  return source
    .split(/^% (?=[\w-]+$)/m)
    .slice(1)
    .map((block) => {
      const [name, ...lines] = block.split('\n').filter((line) => line.trim() !== '');
      return [name!, lines];
    });
}

/**
 * For vite: a file of TeX is a module with what {@link setEquation} makes of the lines of its equations, by name, in the
 * build, while developing and in tests. Neither MathJax nor a font comes to the page.
 */
export function equations(): Plugin {
  return {
    name: 'equations',
    transform: {
      filter: { id: /\.tex$/ },
      async handler(source) {
        const set = await Promise.all(
          equationsIn(source).map(async ([name, lines]) => [
            name,
            await Promise.all(lines.map(setEquation)),
          ]),
        );
        return { code: `export default ${JSON.stringify(Object.fromEntries(set))};`, map: null };
      },
    },
  };
}
