import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { beforePlay } from './src/build/beforePlay.ts';
import { contentSecurity } from './src/build/contentSecurity.ts';
import { equations } from './src/build/equations.ts';
import { lazyParts } from './src/build/lazyParts.ts';
import { linkCards } from './src/build/linkCards.ts';
import { messages } from './src/build/messages.ts';
import { offline } from './src/build/offline.ts';
import { EMBED_SCRIPT, versionedPaths } from './src/build/versionedPaths.ts';
import { testProjects } from './test/projects.ts';

export default defineConfig({
  // Relative addresses, so that the built page works in any folder of any host.
  base: './',
  plugins: [
    messages(),
    // A component without state of its own would be one of Svelte 4, with the runtime of that.
    svelte({ configFile: false, compilerOptions: { runes: true } }),
    equations(),
    lazyParts(),
    versionedPaths(),
    contentSecurity(),
    linkCards(),
    beforePlay(),
    offline(),
  ],
  // Every scale of the page is of numbers.
  resolve: {
    alias: {
      'd3-interpolate': fileURLToPath(new URL('src/build/interpolateNumbers.ts', import.meta.url)),
    },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Whoever has the colours of the page (`light-dark`) has what it stands in for.
    modulePreload: { polyfill: false },
    // What comes before Play is counted from it: see src/build/beforePlay.ts.
    manifest: true,
    rolldownOptions: {
      input: { index: 'index.html', frame: 'src/embed.html', embed: 'src/embed.ts' },
      // What other pages import of it has to keep its names.
      preserveEntrySignatures: 'exports-only',
      output: {
        // What most parts use of these is one script: of many small ones each costs its head and its request.
        codeSplitting: {
          groups: [{ name: 'packages', test: /node_modules.(?:d3-|svelte)/, minShareCount: 8 }],
        },
        entryFileNames: ({ name }) => (name === 'embed' ? EMBED_SCRIPT : 'assets/[name]-[hash].js'),
      },
    },
  },
  // Found before the first test: a dependency discovered later reloads the page under a running test.
  optimizeDeps: {
    include: [
      '@noble/hashes/sha2.js',
      'd3-dsv',
      'hyparquet',
      'hyparquet-compressors',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl/dist/base',
    ],
  },
  test: { projects: await testProjects() },
});
