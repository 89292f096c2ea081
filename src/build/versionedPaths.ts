import type { Plugin } from 'vite';

/** The version in the address of what other people's pages load: what is under it goes on to work as it does. */
const VERSION = 'v1';
/** What is built from where, and the address it gets for good. */
const PAGES = { 'src/embed.html': `${VERSION}/embed.html` };
export const EMBED_SCRIPT = `${VERSION}/embed.js`;

/** Gives the embed's page and script addresses that a new build does not change, in the build and while developing. */
export function versionedPaths(): Plugin {
  return {
    name: 'versioned-paths',
    enforce: 'post',
    configureServer(server) {
      const sources: Record<string, string> = {
        [`/${PAGES['src/embed.html']}`]: '/src/embed.html',
        [`/${EMBED_SCRIPT}`]: '/src/embed.ts',
        '/embed.js': '/src/embed.ts',
      };
      server.middlewares.use((request, _response, next) => {
        const [path, query] = (request.url ?? '').split('?');
        if (path && sources[path]) request.url = sources[path] + (query ? `?${query}` : '');
        next();
      });
    },
    generateBundle(_options, bundle) {
      for (const [source, address] of Object.entries(PAGES)) {
        const page = bundle[source];
        // As deep in its folder as before, so that relative addresses in it stay right.
        if (page) page.fileName = address;
      }
      this.emitFile({
        type: 'asset',
        fileName: 'embed.js',
        source: `export * from './${EMBED_SCRIPT}';\n`,
      });
    },
  };
}
