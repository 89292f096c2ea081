import type { Head } from './head.ts';
import { LONGEST } from './messages.ts';
import { OPAQUE } from './origins.ts';

/** What the address of a frame says beside the link of what it shows. */
export interface FrameParameters {
  /** A link's fragment, without its `#`. */
  link: string;
  /** The origin that may give commands, {@link OPAQUE} for one that has no name; null for none. */
  host: string | null;
  /** The same in all frames of one page. */
  page: string;
  /** Whether it trains when it is seen. */
  autorun: boolean;
  /** What the page around is, where it says so. */
  hostTheme: 'light' | 'dark' | null;
  /** What stands above the figures, where the page says so: plain text. */
  title: string;
  caption: string;
  /** What was not as expected, a sentence each. */
  problems: string[];
}

/** Only the frame's; the rest is the link. */
const OWN = ['host', 'page', 'autorun', 'host-theme', 'title', 'caption'];
/** What may be said of `autorun`; as an attribute it has no value, or its own name. */
const AUTORUN: Readonly<Record<string, boolean>> = Object.assign(Object.create(null), {
  ...{ '': true, true: true, autorun: true, false: false },
});

/**
 * Reads the address of a frame, from its query or its fragment: `embed.html?preset=coin&figures=passk`. What is only for
 * the frame is taken out, and the rest is the link of what is shown. Never throws.
 */
export function frameParameters({
  search,
  hash,
}: Pick<Location, 'search' | 'hash'>): FrameParameters {
  const all = new URLSearchParams(
    [search, hash]
      .map((part) => part.slice(1))
      .filter(Boolean)
      .join('&'),
  );
  const problems: string[] = [];
  const refuse = (key: string, text: string, expected: string): unknown =>
    problems.push(refusal(key, text, expected));
  for (const key of OWN)
    if (all.getAll(key).length > 1)
      problems.push(
        `${key} is given ${all.getAll(key).length} times, expected once; the first counts`,
      );
  const host = all.get('host');
  if (host !== null && !isOrigin(host))
    refuse('host', host, 'an origin: scheme, host and port, or null');
  const theme = all.get('host-theme');
  if (theme !== null && theme !== 'light' && theme !== 'dark')
    refuse('host-theme', theme, 'light or dark');
  const autorun = all.get('autorun');
  if (autorun !== null && !(autorun in AUTORUN))
    refuse('autorun', autorun, 'no value, true or false');
  const own: Omit<FrameParameters, 'link' | 'problems'> = {
    host: host !== null && isOrigin(host) ? host : null,
    page: all.get('page') ?? '',
    autorun: AUTORUN[autorun ?? 'false'] ?? false,
    hostTheme: theme === 'light' || theme === 'dark' ? theme : null,
    ...givenWords({ title: all.get('title') ?? '', caption: all.get('caption') ?? '' }, problems),
  };
  for (const key of OWN) all.delete(key);
  return { ...own, link: all.toString(), problems };
}

const refusal = (key: string, text: string, expected: string): string =>
  `${key} is '${text.slice(0, 60)}', expected ${expected}`;

/** What a page says above the figures, in the address or by a message; what is too long is told to `problems`, and left out. */
export function givenWords(said: Head, problems: string[]): Head {
  const taken = (key: keyof Head): string => {
    const text = said[key].trim();
    if (text.length <= LONGEST[key]) return text;
    problems.push(refusal(key, text, `at most ${LONGEST[key]} characters`));
    return '';
  };
  return { title: taken('title'), caption: taken('caption') };
}

function isOrigin(text: string): boolean {
  if (text === OPAQUE) return true;
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
