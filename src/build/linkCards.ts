import type { HtmlTagDescriptor, Plugin } from 'vite';

const TITLE = 'RLVR Playground';
/** public/og.png, made by test/pictures.ts. */
const PICTURE = { file: 'og.png', width: 1200, height: 630 };
const PICTURE_ALT =
  'A recorded run: pass@1 has risen, pass@256 and entropy have fallen, and the lines of pass@k of base and now cross.';
/** The height of an embed: src/embed/heights.ts. */
const FRAME = {
  address: 'v1/embed.html?v=2&preset=crossing&figures=passk',
  width: 720,
  height: 520,
};

/**
 * Where the built site will be, from SITE_URL, with a slash at its end: `SITE_URL=<address> npm run build`.
 * Whoever shows a link as a card needs whole addresses; without SITE_URL they are relative to the page.
 * @throws Error if it is not an address of the web.
 */
export function siteAddress(given: string | undefined): string {
  if (!given) return './';
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new Error(
      `SITE_URL is '${given}', expected an address that begins with https:// and has neither ? nor #`,
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** What the page is as an embed, as oEmbed 1.0 has it (oembed.com, section 2.3.4.4). */
const oembed = (site: string) => ({
  version: '1.0',
  type: 'rich',
  title: TITLE,
  provider_name: TITLE,
  provider_url: site,
  thumbnail_url: site + PICTURE.file,
  thumbnail_width: PICTURE.width,
  thumbnail_height: PICTURE.height,
  width: FRAME.width,
  height: FRAME.height,
  html: `<iframe src="${(site + FRAME.address).replaceAll('&', '&amp;')}" title="${TITLE}" width="${FRAME.width}" height="${FRAME.height}" loading="lazy" style="border: 0; max-width: 100%"></iframe>`,
});

/** Tags of Open Graph (ogp.me), of X's cards where those differ, and the way to the oEmbed data. */
function tags(site: string, description: string): HtmlTagDescriptor[] {
  const properties = {
    'og:type': 'website',
    'og:title': TITLE,
    'og:description': description,
    'og:url': site,
    'og:image': site + PICTURE.file,
    'og:image:width': String(PICTURE.width),
    'og:image:height': String(PICTURE.height),
    'og:image:alt': PICTURE_ALT,
  };
  return [
    ...Object.entries(properties).map(([property, content]) => ({
      tag: 'meta',
      attrs: { property, content },
    })),
    { tag: 'meta', attrs: { name: 'twitter:card', content: 'summary_large_image' } },
    {
      tag: 'link',
      attrs: {
        rel: 'alternate',
        type: 'application/json+oembed',
        href: `${site}oembed.json`,
        title: TITLE,
      },
    },
  ];
}

/** What the page says of itself. @throws Error if it says nothing. */
function descriptionIn(html: string): string {
  const [, description] = /<meta\s+name="description"\s+content="([^"]+)"/.exec(html) ?? [];
  if (!description) throw new Error('index.html has no <meta name="description" content="…">');
  return description;
}

/** Lets other sites show a link to the page as a card or as an embed. */
export function linkCards(siteUrl = process.env.SITE_URL): Plugin {
  const site = siteAddress(siteUrl);
  return {
    name: 'link-cards',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) =>
        path.endsWith('/index.html') ? { html, tags: tags(site, descriptionIn(html)) } : html,
    },
    generateBundle() {
      const source = `${JSON.stringify(oembed(site), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'oembed.json', source });
    },
  };
}
