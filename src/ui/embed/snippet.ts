import { heightOf } from '../../embed/heights.ts';
import { VERSION } from '../../run/defaults.ts';
import { changedSettings, type RunSettings } from '../../run/settings.ts';
import { writtenView, type View } from '../../run/view.ts';

/** What somebody wants to put into a page. */
export interface Snippet {
  settings: RunSettings;
  view: Pick<View, 'curve' | 'figures' | 'hide' | 'theme' | 'step' | 'counts'>;
  autorun: boolean;
  /** Above the figures; '' for what is said without it. */
  title: string;
  caption: string;
}

/** A text as an attribute of HTML has it between double quotes. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** With the version of the defaults, even where nothing else is said: what is published is to stay what it is. */
const partsOf = ({
  settings,
  view,
  autorun,
  ...words
}: Snippet): [name: string, text: string][] => [
  ['v', String(VERSION)],
  ...changedSettings(settings),
  ...writtenView(view),
  ...(['title', 'caption'] as const).flatMap((key): [string, string][] =>
    words[key] ? [[key, words[key]]] : [],
  ),
  ...(autorun ? [['autorun', ''] as [string, string]] : []),
];

const heightFor = ({ view }: Snippet): number => heightOf(view.figures ?? []);

/**
 * The element with the script that defines it, and with its height: a page keeps its place before the script is there. @param
 * site where this site is, with a slash at its end.
 */
export function elementSnippet(snippet: Snippet, site: string): string {
  const attributes = partsOf(snippet).map(([name, text]) =>
    text === '' ? ` ${name}` : ` ${name}="${escaped(text)}"`,
  );
  const style = ` style="display: block; height: ${heightFor(snippet)}px"`;
  return [
    `<script type="module" src="${escaped(site)}v1/embed.js"></script>`,
    `<rlvr-playground${attributes.join('')}${style}></rlvr-playground>`,
  ].join('\n');
}

/** A frame, for where no script may be added. With the colours of the system nothing of it is white before it has loaded. */
export function frameSnippet(snippet: Snippet, site: string): string {
  const query = new URLSearchParams(partsOf(snippet)).toString();
  const address = `${site}v1/embed.html${query ? `?${query}` : ''}`;
  const title = escaped(snippet.title || 'RLVR Playground');
  return `<iframe src="${escaped(address)}" title="${title}" loading="lazy" width="100%" height="${heightFor(snippet)}" style="border: 0; color-scheme: light dark"></iframe>`;
}
