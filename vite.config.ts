import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { contentSecurity } from './src/build/contentSecurity.ts';
import { linkCards } from './src/build/linkCards.ts';
import { numericScales } from './src/build/numericScales.ts';
import { offline } from './src/build/offline.ts';
import { EMBED_SCRIPT, versionedPaths } from './src/build/versionedPaths.ts';
import { chromiumArguments, chromiumPath } from './test/chromium.ts';

// Only a test run needs a browser; finding one may unpack the bundled build.
const testing = process.env.VITEST !== undefined;

export default defineConfig({
  // Relative addresses, so that the built page works in any folder of any host.
  base: './',
  plugins: [
    svelte({ configFile: false }),
    numericScales(),
    versionedPaths(),
    contentSecurity(),
    linkCards(),
    offline(),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: {
      // Of what comes later only its styles are named beforehand: the names of all scripts would be a tenth of the first load.
      resolveDependencies: (_file, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: {
      input: { index: 'index.html', frame: 'src/embed.html', embed: 'src/embed.ts' },
      // What other pages import of it has to keep its names.
      preserveEntrySignatures: 'exports-only',
      output: {
        entryFileNames: ({ name }) => (name === 'embed' ? EMBED_SCRIPT : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            // Small, and needed by the page and by the frame of an embed alike; the frame needs none of the figures.
            {
              name: 'shared',
              test: /preload-helper|src\/(core\/passAtK|experiments\/baseSettings|policy\/(policy|shape)|rl\/choices|run\/(bases|defaults|trainSettings)|site|text\/words|ui\/sections|ui\/shares)\b/,
            },
            // Every reader of the table of settings needs all of these.
            {
              name: 'table',
              test: /src\/run\/(table|setting|settings|runSettings|algorithmSettings|matters)\.ts|src\/rl\/(advantages|aggregations|algorithms|covariance|kl|rewards|surrogates|verifiers)\.ts|src\/experiments\/(experiments|domains|finales|teacherKeeps)\.ts/,
            },
            // What the first load has in one file, with what its figures share with all others: two files compress worse.
            {
              name: 'start',
              test: /src\/plots\/(Axes|FigureFrame|Legend|LineFigure|LinePane|frameWords)|src\/ui\/(playground\.svelte|page\.svelte|connectedPage\.svelte|boundedRows|fetched|PassAtKFigure|Said|pageWords|WhenInSight|Transport|transportWords|tasks\/texts)\b|src\/session\/client/,
            },
          ],
        },
      },
    },
  },
  // Found before the first test: a dependency discovered later reloads the page under a running test.
  optimizeDeps: {
    include: [
      '@noble/hashes/sha2.js',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl/dist/base',
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/journeys/**'],
          // A machine with two busy cores takes its time to start a process.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: testing
                ? { executablePath: await chromiumPath(), args: chromiumArguments }
                : {},
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          environment: 'node',
          include: ['test/journeys/**/*.journey.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // Last and alone: a journey times the page's main thread.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
