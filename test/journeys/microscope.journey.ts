import { expect, it } from 'vitest';
import { openRoom } from './reader.ts';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const STAGES = ['Sample', 'Verify', 'Compare', 'Advantage', 'Ratio and clip', 'Gradient', 'After'];

it('the microscope pauses a run that plays and takes its next step apart, which the run then makes', async () => {
  const { page, errors } = await open(
    '#engine=wasm&prompts=6&group-size=8&eval-problems=12&eval-samples=0&steps=5000&lr=0.003',
  );
  const card = page.locator('.microscope');
  const play = page.getByRole('button', { name: '▶ Play' });
  await statusSays(page, 'ready to train');
  await play.click();
  await openRoom(page, 'update');
  await page.getByRole('button', { name: /^Look into/ }).click();
  await card.locator('.said').waitFor();
  await play.waitFor();
  const step = Number(/after step (\d+)/.exec((await card.locator('.at').textContent())!)![1]);

  const go = async (stage: string): Promise<void> => {
    await card.locator('nav ol').getByRole('button', { name: stage }).click();
    await card.locator('.said h3', { hasText: stage }).waitFor();
  };
  const heights = new Set<number>();
  for (const stage of STAGES) {
    await go(stage);
    heights.add(await card.evaluate((element) => element.getBoundingClientRect().height));
  }
  expect(heights.size).toBe(1);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const stage of STAGES) {
    await go(stage);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }

  await card.getByRole('button', { name: 'Make this step' }).click();
  const made = card.locator('.made');
  await made.getByText(`The run has made step ${step + 1}`).waitFor();
  expect(await made.textContent()).toContain('These are the numbers above.');
  expect(errors).toEqual([]);
});
