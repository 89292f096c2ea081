import { heightOf } from './heights.ts';
import { isTheme, type Theme } from './theme.ts';

/** What the attributes of an element ask for. */
export interface Asked {
  /** What needs another frame when it changes: a preset, settings, figures. */
  link: string;
  /** As it is written; null for that of the page around. */
  theme: string | null;
  title: string;
  caption: string;
  /** Pixels. */
  height: number;
}

/** What every element of HTML may have, and what a frame takes while it runs; all other attributes are the link's. */
const NOT_THE_LINKS =
  /^(data-|aria-|on)|^(id|class|style|title|caption|lang|dir|hidden|slot|height|theme|tabindex|role|part|nonce|inert)$/;

export function askedBy(element: HTMLElement): Asked {
  const link = new URLSearchParams();
  for (const { name, value } of element.attributes)
    if (!NOT_THE_LINKS.test(name)) link.set(name, value);
  const height = Number(element.getAttribute('height'));
  return {
    link: link.toString(),
    theme: element.getAttribute('theme'),
    title: element.title,
    caption: element.getAttribute('caption') ?? '',
    height:
      Number.isFinite(height) && height > 0
        ? height
        : heightOf((element.getAttribute('figures') ?? '').split(',')),
  };
}

/** What the frame is called for those who hear the page, if that does not say. */
export const titleOf = ({ title }: Asked): string => title || 'RLVR Playground';

export function frameAt(url: URL, asked: Asked): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = titleOf(asked);
  frame.loading = 'lazy';
  frame.allow = 'fullscreen; clipboard-write';
  frame.src = url.href;
  return frame;
}

/** The fragment of the frame's address. @param around the theme of the page. */
export function addressOf(asked: Asked, around: Theme): string {
  const parts = new URLSearchParams(asked.link);
  if (asked.theme !== null) parts.set('theme', asked.theme);
  if (!isTheme(asked.theme)) parts.set('host-theme', around);
  for (const key of ['title', 'caption'] as const) if (asked[key]) parts.set(key, asked[key]);
  // Who may give commands, and which frames share one page.
  parts.set('host', self.origin);
  parts.set('page', String(Math.round(performance.timeOrigin)));
  return parts.toString();
}

/**
 * The rules inside of an element: its place is kept whatever its width and whether a frame is there, and a rule of the page
 * for its height comes before this. A frame has an opaque ground where its colour scheme is not that of its element: both
 * follow the system, so that what is seen of it until it has loaded is the colour behind it.
 */
export const rulesOf = ({ height }: Asked): string =>
  `:host { display: block; height: ${height}px; contain: content; } :host([hidden]) { display: none; }
   iframe { display: block; width: 100%; height: 100%; border: 0; border-radius: 10px; color-scheme: light dark; }`;
