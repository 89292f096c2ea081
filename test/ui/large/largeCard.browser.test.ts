import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as TEXT from '../../../src/messages/large7b.ts';
import LargeCard from '../../../src/ui/large/LargeCard.svelte';
import { PUBLISHED } from '../../../src/ui/large/published.ts';
import { eventually, findSite, mounted } from '../fixtures/mounted.ts';

const { fetch } = window;
afterEach(() => {
  window.fetch = fetch;
});

describe('a large model beside the toy', () => {
  beforeEach(findSite);

  it('has all published values in its table, and words with the numbers of the figures', async () => {
    const card = mounted(LargeCard, {});
    await card.appears('.words');
    const figures = card.all('figure');
    const tableOf = async (i: number): Promise<string[][]> => {
      card.click(figures[i]!.querySelector<HTMLElement>('.tools > button:last-of-type')!);
      await eventually(() => expect(figures[i]!.querySelector('tbody tr')).not.toBeNull());
      return [...figures[i]!.querySelectorAll('tbody tr')].map((row) =>
        [...row.children].map(({ textContent }) => textContent.trim()),
      );
    };
    const { ks, base, trained } = PUBLISHED;
    expect(await tableOf(0)).toEqual(
      ks.map((k, i) => [String(k), base[i]!.toFixed(3), trained[i]!.toFixed(3)]),
    );
    // A dot for each published value of two lines, and none where the curve is known at any k.
    const dots = figures.map((each) => each.querySelectorAll('circle:not(.mark-dot)').length);
    expect(dots).toEqual([2 * ks.length, 0]);

    const toy = await tableOf(1);
    const [first, last] = [toy[0]!, toy.at(-1)!].map((row) => row.map(Number));
    const words = card.texts('.words li').join(' ');
    const of100 = (share: number): string => (100 * share).toFixed(0);
    expect(words).toContain('from 61 to 78 of 100');
    expect(words).toContain(`from ${of100(first![1]!)} to ${of100(first![2]!)} here`);
    expect(words).toContain('−3.2 points there');
    const gap = 100 * (last![2]! - last![1]!);
    const [, said] = /and (−[\d.]+) here/.exec(words)!;
    // Each of the two shares is rounded to 0.0005.
    expect(Math.abs(Number(said!.replace('−', '-')) - gap)).toBeLessThan(0.16);
  });

  it('says so where the recorded run is not to be had, and shows the published values', async () => {
    window.fetch = () => Promise.reject(new TypeError('no network'));
    const card = mounted(LargeCard, {});
    await eventually(() => expect(card.root.textContent).toContain(TEXT.toyMissing));
    expect(card.all('.words')).toEqual([]);
    expect(card.texts('.legend')[0]).toContain('0.962');
  });
});
