import type { ParsedPermalink } from '../run/permalink.ts';
import { SETTINGS } from '../run/settings.ts';
import * as EMBED from '../messages/embed.ts';

/** The controls and parts of the page that a link can leave out, by the name in their `data-control`. */
export const CONTROLS = [
  ...(['play', 'step', 'reset', 'more', 'status', 'speed', 'seed', 'run-to', 'timeline'] as const),
  ...(['branch', 'pin', 'keys', 'headline', 'engine', 'theme', 'settings', 'sections'] as const),
  ...(['data', 'open', 'about', 'share', 'deck', 'cancel', 'ghosts', 'story', 'lecture'] as const),
];

/** Those of `names` that are no control, nor the flag of a setting. */
export function unknownControls(names: readonly string[]): string[] {
  const known = new Set<string>([...CONTROLS, ...SETTINGS.map(({ flag }) => flag)]);
  return names.filter((name) => !known.has(name));
}

let sheet: CSSStyleSheet | null = null;

/** Leaves the controls of these names out, and shows all others; a name is letters, digits and dashes. */
function hideControls(names: readonly string[]): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  const selectors = names.map((name) => `[data-control='${CSS.escape(name)}']`);
  sheet.replaceSync(
    selectors.length > 0 ? `${selectors.join()} { display: none !important; }` : '',
  );
}

/** Takes the theme of a link, and leaves out the controls that it names; what is no control becomes one of its problems. */
export function applyView({ view: { theme, hide = [] }, problems }: ParsedPermalink): void {
  if (theme) document.documentElement.dataset['theme'] = theme;
  for (const name of unknownControls(hide)) problems.push(EMBED.noControl({ name }));
  hideControls(hide);
}
