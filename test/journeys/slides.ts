import type { Page } from 'playwright';
import { expect } from 'vitest';

/** What of a slide is beyond the window, or cut off by what it is in; none of it may be. */
export const beyondWindow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element): string =>
      `${element.tagName}.${element.getAttribute('class')}`;
    for (const element of document.querySelectorAll('.lecture, .lecture *')) {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      const isUnseen = width < 2 || height < 2 || element.closest('.hidden');
      if (
        !isUnseen &&
        (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
      )
        found.push(`${name(element)} at ${[left, top, right, bottom].map(Math.round)}`);
      const isCut = (over: number): boolean => over > 1;
      if (
        element.matches('.card, .plots, .cells') &&
        (isCut(element.scrollHeight - element.clientHeight) ||
          isCut(element.scrollWidth - element.clientWidth))
      )
        found.push(`${name(element)} cuts off`);
    }
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push('the page scrolls');
    return found;
  });

/** Of a slide that stands: for half a second, frame by frame, its zoom is one, and nothing is beyond the window. */
export async function standsStill(page: Page): Promise<void> {
  await page.waitForTimeout(1000);
  const zooms = await page.evaluate(async () => {
    const seen = new Set<string>();
    const until = performance.now() + 500;
    while (performance.now() < until) {
      await new Promise(requestAnimationFrame);
      seen.add(getComputedStyle(document.querySelector('.lecture')!).zoom);
    }
    return [...seen];
  });
  expect(zooms).toHaveLength(1);
  expect(await beyondWindow(page)).toEqual([]);
}
