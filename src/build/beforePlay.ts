import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest, Plugin } from 'vite';

/** What JavaScript a reader may have to load before pressing Play, in bytes as gzip makes them. */
export const BEFORE_PLAY_BYTES = 155_000;

/** What the page at rest loads by itself, beside its first script. A journey holds this list to what a browser loads. */
const BY_ITSELF = [
  'index.html',
  'src/ui/SettingsPanel.svelte',
  'src/run/settings.ts',
  'src/ui/rooms/ProblemsRoom.svelte',
  'src/ui/offline/OfflineLine.svelte',
  'src/run/baseEntry.ts',
  'src/run/recording.ts',
];

/** The scripts that are loaded before Play, by their path in the site: {@link BY_ITSELF} with all that it imports. */
export function scriptsBeforePlay(manifest: Manifest): string[] {
  const found = new Set<string>();
  const add = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is loaded before Play, but the build has no chunk of it`);
    if (found.has(chunk.file)) return;
    found.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  BY_ITSELF.forEach(add);
  return [...found].filter((file) => file.endsWith('.js'));
}

/** The size of scripts of the built site in a folder, in bytes as gzip makes them. */
export const gzipBytes = (folder: string, scripts: readonly string[]): number =>
  scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);

/** Reads what Vite wrote of the chunks of the built site in a folder. */
export const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;

/** Prints how much JavaScript comes before Play. */
export function beforePlay(): Plugin {
  return {
    name: 'before-play',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler({ dir }) {
        const bytes = gzipBytes(dir!, scriptsBeforePlay(manifestOf(dir!)));
        const kilobytes = (count: number): string => (count / 1000).toFixed(1);
        this.info(
          `JavaScript before Play: ${kilobytes(bytes)} kB gzip, of at most ${kilobytes(BEFORE_PLAY_BYTES)}`,
        );
      },
    },
  };
}
