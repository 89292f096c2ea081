import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Imports point one way: a layer may import itself and the layers before it. All of them have texts. */
const LAYERS = [
  'text',
  'core',
  'tasks',
  'policy',
  'rl',
  'evaluation',
  'experiments',
  'run',
  'session',
  'ui',
];
const src = new URL('../src/', import.meta.url).pathname;

interface Import {
  file: string;
  target: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(ts|svelte)$/.test(file),
);
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const found = text.matchAll(/(?:from|import\()\s*'([^']+)'/g);
  return [...found].map(([, target]) => ({
    file,
    target: target!.startsWith('.') ? relative(src, join(src, dirname(file), target!)) : target!,
  }));
});
const layerOf = (file: string): string => file.split('/')[0]!;

describe('the architecture', () => {
  it('reads the imports that it is to judge', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports).toContainEqual({ file: 'rl/step.ts', target: 'tasks/task.ts' });
  });

  it('has imports that point one way', () => {
    const upwards = imports.filter(({ file, target }) => {
      const [from, to] = [LAYERS.indexOf(layerOf(file)), LAYERS.indexOf(layerOf(target))];
      return from >= 0 && to > from;
    });
    expect(upwards).toEqual([]);
  });

  it('has plots that import only texts, core and d3', () => {
    const others = imports.filter(
      ({ file, target }) =>
        // The type of a snippet is Svelte's; what else plots need of it, the compiler adds.
        layerOf(file) === 'plots' &&
        !['plots', 'text', 'core', 'd3', 'svelte'].includes(layerOf(target)),
    );
    expect(others).toEqual([]);
  });

  it('imports tfjs only in policy/webgl', () => {
    const users = imports.filter(({ target }) => target.startsWith('@tensorflow'));
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter(({ file }) => !file.startsWith('policy/webgl/'))).toEqual([]);
  });

  it('shares nothing between the engines but the contract and the random bits', () => {
    const shared = imports.filter(
      ({ file, target }) =>
        (file.startsWith('policy/webgl/') && target.startsWith('policy/reference/')) ||
        (file.startsWith('policy/reference/') && target.startsWith('policy/webgl/')),
    );
    expect(shared).toEqual([]);
  });

  it('knows Svelte only in the page', () => {
    const users = imports.filter(
      ({ target }) => /^svelte/.test(target) || target.endsWith('.svelte'),
    );
    const outside = users.filter(({ file }) => !/^(ui|plots)\/|^main\.ts$/.test(file));
    expect(outside).toEqual([]);
  });

  it('draws no unseeded random number and names no other origin', () => {
    for (const file of files) {
      const text = readFileSync(join(src, file), 'utf8');
      expect(text, file).not.toMatch(/Math\.random|tf\.(multinomial|random)/);
      const origins = [...text.matchAll(/https?:\/\/[^'"`\s]+/g)].map(([url]) => url);
      // A link that a reader may follow is no request, and neither is the name of a namespace.
      const allowed = /^https:\/\/arxiv\.org\/|^http:\/\/www\.w3\.org\/2000\/svg$/;
      expect(origins.filter((url) => !allowed.test(url))).toEqual([]);
    }
  });
});
