export type Theme = 'light' | 'dark';

export const isTheme = (text: string | null): text is Theme => text === 'light' || text === 'dark';

/** The ground of the frame, `--surface` of src/ui/theme.css: a test holds the two together. */
export const GROUND: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#1c2024' };

const system = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** The relative luminance of a CSS colour as the browser computes it, `rgb(r, g, b)` (WCAG 2.2); null where it is transparent. */
export function luminanceOf(color: string): number | null {
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined || alpha < 0.5) return null;
  const linear = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

/** Whether what an element stands on is light or dark: by the nearest background that can be seen, else by the system. */
export function hostTheme(element: Element): Theme {
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const luminance = luminanceOf(getComputedStyle(at).backgroundColor);
    // Black and white text have the same contrast on 0.179.
    if (luminance !== null) return luminance < 0.179 ? 'dark' : 'light';
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes('dark') && (!scheme.includes('light') || system().matches)
    ? 'dark'
    : 'light';
}

const parentOf = (element: Element): Element | null =>
  element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

/** Calls back whenever the page has become light or dark; gives back what ends that. */
export function watchTheme(element: Element, onChange: (theme: Theme) => void): () => void {
  let last = hostTheme(element);
  const look = (): void => {
    const theme = hostTheme(element);
    if (theme !== last) onChange((last = theme));
  };
  // Pages change an attribute of the root or the body; where the colour then fades, what counts is its end.
  const observer = new MutationObserver(() => {
    look();
    setTimeout(look, 500);
  });
  for (const root of [document.documentElement, document.body])
    observer.observe(root, { attributes: true });
  const query = system();
  query.addEventListener('change', look);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', look);
  };
}
