import { VERSION } from '../../run/defaults.ts';
import { changedSettings, type RunSettings } from '../../run/settings.ts';
import { writtenView, type View } from '../../run/view.ts';

/** What somebody wants to put into a page. */
export interface Snippet {
  settings: RunSettings;
  view: Pick<View, 'curve' | 'figures' | 'hide' | 'theme' | 'step'>;
  autorun: boolean;
}

/** A text as an attribute of HTML has it between double quotes. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** With the version of the defaults, even where nothing else is said: what is published is to stay what it is. */
const partsOf = ({ settings, view, autorun }: Snippet): [name: string, text: string][] => [
  ['v', String(VERSION)],
  ...changedSettings(settings),
  ...writtenView(view),
  ...(autorun ? [['autorun', ''] as [string, string]] : []),
];

/** The element with the script that defines it. @param site where this site is, with a slash at its end. */
export function elementSnippet(snippet: Snippet, site: string): string {
  const attributes = partsOf(snippet).map(([name, text]) =>
    text === '' ? ` ${name}` : ` ${name}="${escaped(text)}"`,
  );
  return [
    `<script type="module" src="${escaped(site)}v1/embed.js"></script>`,
    `<rlvr-playground${attributes.join('')}></rlvr-playground>`,
  ].join('\n');
}

/** A frame, for where no script may be added; its height is the one given. */
export function frameSnippet(snippet: Snippet, site: string, height: number): string {
  const query = new URLSearchParams(partsOf(snippet)).toString();
  const address = `${site}v1/embed.html${query ? `?${query}` : ''}`;
  return `<iframe src="${escaped(address)}" title="RLVR Playground" loading="lazy" width="100%" height="${height}" style="border: 0"></iframe>`;
}
