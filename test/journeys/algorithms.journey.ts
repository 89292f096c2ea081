import { expect, it } from 'vitest';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK = 'engine=wasm&prompts=4&group-size=8&eval-problems=8&eval-samples=0&steps=2';

it('an algorithm that is chosen stands in the address, is there after a reload, and trains', async () => {
  const { page, errors } = await open(`#${QUICK}`);
  await page.getByLabel('Algorithm', { exact: true }).selectOption('ppo');
  await page.locator('[data-card=algorithm]').evaluate((card) => card.scrollIntoView());
  const choice = page.locator('li[data-key=aggregation] select');
  await choice.selectOption('sequence-sum');
  const title = page.locator('#algorithm-title').getByText('custom (from PPO)');
  await title.waitFor();
  await page.waitForFunction(() => /algorithm=ppo.*aggregation=sequence-sum/.test(location.hash));

  await page.reload();
  await page.locator('[data-card=algorithm]').evaluate((card) => card.scrollIntoView());
  await title.waitFor();
  expect(await choice.inputValue()).toBe('sequence-sum');
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'finished at step 2');
  await page.locator('[data-card=metrics]').evaluate((card) => card.scrollIntoView());
  const metric = page.locator('.metrics div', { hasText: 'value_loss' });
  expect(Number(await metric.locator('dd').textContent())).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});
