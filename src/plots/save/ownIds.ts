/**
 * A picture whose ids are its own, so that several can stand in one page: each is the digest of the picture and its number
 * in it, and all that refers to it says so. The same picture gives the same ids, whatever they were on screen.
 */
export function withOwnIds(svg: string): string {
  const tags = svg.match(TAG) ?? [];
  const ids = [
    ...new Set(tags.flatMap((tag) => [...tag.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!))),
  ];
  if (ids.length === 0) return svg;
  const withPrefix = (prefix: string): string =>
    renamed(svg, new Map(ids.map((id, i) => [id, `${prefix}${i}`])));
  return withPrefix(`f${digest(withPrefix(''))}-`);
}

/** What a serialiser writes has no other sign of these within a tag. */
const TAG = /<[^>]*>/g;
/** Of one id, or of several with spaces between. */
const LISTS_IDS = /^aria-(labelledby|describedby|controls|owns)$/;
const ATTRIBUTE = / ([\w:-]+)="([^"]*)"/g;

function renamed(svg: string, names: ReadonlyMap<string, string>): string {
  const nameOf = (id: string): string => names.get(id) ?? id;
  const valueOf = (attribute: string, value: string): string => {
    if (attribute === 'id') return nameOf(value);
    if (/^(xlink:)?href$/.test(attribute))
      return value.replace(/^#(.*)$/, (_, id: string) => `#${nameOf(id)}`);
    if (LISTS_IDS.test(attribute)) return value.split(' ').map(nameOf).join(' ');
    return value.replace(
      /url\((&quot;|'|)#(.*?)\1\)/g,
      (_, quote: string, id: string) => `url(${quote}#${nameOf(id)}${quote})`,
    );
  };
  return svg.replace(TAG, (tag) =>
    tag.replace(
      ATTRIBUTE,
      (_, name: string, value: string) => ` ${name}="${valueOf(name, value)}"`,
    ),
  );
}

/** FNV-1a of 32 bits, of Fowler, Noll and Vo: of two pictures one pair in 4·10⁹ has the same. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
