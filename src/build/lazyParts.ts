import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const PART = fileURLToPath(new URL('../parts/part.ts', import.meta.url));
const EXPORT = 'export const __vitePreload = ';

/**
 * Vite has every dynamic import of a page go through a helper, which sees to its styles; this has the helper go through
 * `part` of src/parts/part.ts, which sees to files that cannot be had. Workers have no such helper: what a session lacks
 * is told as its failure.
 */
export function lazyParts(): Plugin {
  return {
    name: 'lazy-parts',
    apply: 'build',
    transform: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler(code) {
        if (!code.includes(EXPORT))
          throw new Error(`the helper of Vite's dynamic imports has no '${EXPORT}'`);
        return {
          code: [
            `import { part } from ${JSON.stringify(PART)};`,
            code.replace(EXPORT, 'const preloaded = '),
            'export const __vitePreload = (...of) => part(() => preloaded(...of));',
          ].join('\n'),
          map: null,
        };
      },
    },
  };
}
