import axe from 'axe-core';
import { createRawSnippet, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import Table from '../../../src/ui/kit/Table.svelte';
import { sorted, sortedNext, type Column, type RowGroup } from '../../../src/ui/kit/table.ts';
import { eventually, mounted } from '../fixtures/mounted.ts';

interface Planet {
  name: string;
  moons: number | null;
}
const PLANETS: Planet[] = [
  { name: 'Earth', moons: 1 },
  { name: 'Mars', moons: 2 },
  { name: 'Vulcan', moons: null },
  { name: 'Venus', moons: 0 },
];
const COLUMNS: Column<Planet>[] = [
  {
    id: 'name',
    label: 'Planet',
    isHeader: true,
    value: ({ name }) => name,
    sortBy: ({ name }) => name,
    beginsUpwards: true,
  },
  {
    id: 'moons',
    label: 'Moons',
    isNumber: true,
    hint: { text: 'What goes round it.' },
    value: ({ moons }) => moons,
    sortBy: ({ moons }) => moons,
  },
];
/** What the type check of modules cannot read from a component. */
const shown = (more: Record<string, unknown> = {}) =>
  mounted(Table as unknown as Component<Record<string, unknown>>, {
    ...{ label: 'Planets', columns: COLUMNS, rows: PLANETS },
    rowData: ({ name }: Planet) => ({ planet: name }),
    rowClass: ({ name }: Planet) => ({ small: name === 'Mars' }),
    ...more,
  });

describe('rows', () => {
  it('are sorted by a key, those without one last either way, and equal ones as they were', () => {
    const names = (descends: boolean) =>
      sorted([...PLANETS, { name: 'Moon', moons: 0 }], ({ moons }) => moons, descends).map(
        ({ name }) => name,
      );
    expect(names(true)).toEqual(['Mars', 'Earth', 'Venus', 'Moon', 'Vulcan']);
    expect(names(false)).toEqual(['Venus', 'Moon', 'Earth', 'Mars', 'Vulcan']);
  });

  it('begin with the largest numbers or the first words, and turn round', () => {
    const first = sortedNext(null, COLUMNS[1]!);
    expect(first).toEqual({ column: 'moons', descends: true });
    expect(sortedNext(first, COLUMNS[1]!).descends).toBe(false);
    expect(sortedNext(first, COLUMNS[0]!)).toEqual({ column: 'name', descends: false });
  });
});

describe('a table', () => {
  it('has a row for each, with its head, its cells and its attributes', () => {
    const table = shown();
    expect(table.texts('tbody th[scope=row]')).toEqual(['Earth', 'Mars', 'Vulcan', 'Venus']);
    expect(table.texts('tbody td.number')).toEqual(['1', '2', '–', '0']);
    expect(table.text('tr[data-planet=Mars].small')).toBe('Mars2');
  });

  it('is sorted by a press of a head, which says so', () => {
    const table = shown();
    const [name, moons] = table.all('thead th') as [HTMLElement, HTMLElement];
    expect([name.ariaLabel, name.ariaSort, moons.ariaSort]).toEqual(['Planet', null, null]);
    // A head with an explanation sorts as well.
    table.click(moons.querySelector('button')!);
    expect(moons.ariaSort).toBe('descending');
    expect(table.texts('tbody th')).toEqual(['Mars', 'Earth', 'Venus', 'Vulcan']);
    table.click(moons.querySelector('button')!);
    expect(moons.ariaSort).toBe('ascending');
    expect(table.texts('tbody th')).toEqual(['Venus', 'Earth', 'Mars', 'Vulcan']);
    table.click(name.querySelector('button')!);
    expect([name.ariaSort, moons.ariaSort]).toEqual(['ascending', null]);
    expect(table.texts('tbody th')).toEqual(['Earth', 'Mars', 'Venus', 'Vulcan']);
  });

  it('has groups under heads of their own, of which one keeps its order', () => {
    const groupHead = createRawSnippet<[RowGroup<Planet>]>((group) => ({
      render: () => `<b>${group().id}</b>`,
    }));
    const table = shown({
      groups: [
        { id: 'first', rows: PLANETS.slice(0, 2), keepsOrder: true },
        { id: 'others', rows: PLANETS.slice(2) },
      ],
      groupHead,
      sort: { column: 'moons', descends: true },
    });
    expect(table.texts('th[scope=rowgroup]')).toEqual(['first', 'others']);
    expect(table.texts('tbody th[scope=row]')).toEqual(['Earth', 'Mars', 'Venus', 'Vulcan']);
  });

  it('says what stands where there is nothing', () => {
    expect(shown({ rows: [], none: 'No planets.' }).text('tbody')).toBe('No planets.');
  });

  it('keeps head and heads of rows in sight while the rest scrolls', async () => {
    const table = shown({ height: '90px', width: '900px' });
    table.root.style.width = '300px';
    const box = table.one('[role=group]');
    box.scrollTo(200, 60);
    const { left, top } = box.getBoundingClientRect();
    await eventually(() => expect(box.scrollTop).toBeGreaterThan(20));
    expect(table.one('thead th').getBoundingClientRect().top).toBeCloseTo(top, 0);
    for (const head of table.all('th:first-child'))
      expect(head.getBoundingClientRect().left).toBeCloseTo(left, 0);
    // Nothing shows through.
    const opaque = getComputedStyle(table.one('thead')).backgroundColor;
    expect(opaque).not.toMatch(/^rgba.* 0\)$/);
  });

  it('is a stop of the keyboard only where it scrolls, and named', async () => {
    const table = shown();
    const box = table.one('[role=group][aria-label=Planets]');
    await eventually(() => expect(box.hasAttribute('tabindex')).toBe(false));
    table.root.style.cssText = 'width: 40px';
    await eventually(() => expect(box.tabIndex).toBe(0));
    expect((await axe.run(table.root)).violations.map(({ id }) => id)).toEqual([]);
  });
});
