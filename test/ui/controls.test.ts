import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/run/settings.ts';
import { CONTROLS, unknownControls } from '../../src/ui/controls.ts';

const src = new URL('../../src/', import.meta.url).pathname;
const components = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svelte'))
  .map((file) => readFileSync(src + file, 'utf8'))
  .join('');

describe('the controls that a link can leave out', () => {
  it('are those that are marked with their names, each of them', () => {
    const marked = [...components.matchAll(/data-control="([^"]+)"/g)].map(([, name]) => name!);
    expect([...new Set(marked)].sort()).toEqual([...CONTROLS].sort());
    expect(components).toContain('data-control={setting.flag}');
  });

  it('are also those of every setting, by its flag; no others are known', () => {
    expect(unknownControls(SETTINGS.map(({ flag }) => flag))).toEqual([]);
    expect(unknownControls(['play', 'volume', 'constructor'])).toEqual(['volume', 'constructor']);
  });
});
