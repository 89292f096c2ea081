import { expect, it } from 'vitest';
import { openRoom } from './reader.ts';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK = 'engine=wasm&prompts=4&group-size=8&eval-problems=8&eval-samples=0&steps=2';

it('an algorithm that is chosen stands in the address, is there after a reload, and trains', async () => {
  const { page, errors } = await open(`#${QUICK}`);
  await page.getByLabel('Algorithm', { exact: true }).selectOption('ppo');
  await openRoom(page, 'algorithm');
  const choice = page.locator('li[data-key=aggregation] select');
  await choice.selectOption('sequence-sum');
  const title = page.locator('#algorithm-title').getByText('custom (from PPO)');
  await title.waitFor();
  await page.waitForFunction(() => /algorithm=ppo.*aggregation=sequence-sum/.test(location.hash));

  // With the room that is open.
  await page.reload();
  await title.waitFor();
  expect(await choice.inputValue()).toBe('sequence-sum');
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'finished at step 2');
  await openRoom(page, 'measures');
  const metric = page.locator('.metrics div', { hasText: 'value_loss' });
  expect(Number(await metric.locator('dd').textContent())).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});
