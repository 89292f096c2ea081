/**
 * Where the site's own files are, such as `bases/`: beside the page, or where the page says by
 * `<meta name="site-root" content="../">`, for pages in folders of the site.
 */
export function siteUrl(): URL {
  const root = document.querySelector<HTMLMetaElement>('meta[name="site-root"]')?.content ?? './';
  return new URL(root, document.baseURI);
}
