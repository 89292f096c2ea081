import type { Page } from 'playwright';

/** Runs of a second, whatever the chapter; its questions stay. */
export const QUICK =
  '&v=2&engine=wasm&steps=4&prompts=2&group-size=4&eval-problems=8&eval-every=2&eval-samples=4';
export const at = (chapter: string, more = QUICK): string =>
  `#view=story&chapter=${chapter}${more}`;

export const heading = (page: Page, chapter: string) =>
  page.locator(`[data-chapter=${chapter}] h1`).waitFor();
export const handles = (page: Page) => page.locator('.drawing input[type=range]');
export const sentence = (page: Page) => page.locator('.sentence');

/** Predicts by the keyboard alone, whatever the question is. */
export async function predict(page: Page): Promise<void> {
  if (await page.locator('.figure.judge').count()) {
    const wrong = page.locator('.judge label', { hasText: 'wrong' }).locator('input');
    await wrong.first().waitFor({ state: 'attached' });
    for (const each of await wrong.all()) {
      await each.focus();
      await page.keyboard.press('Space');
    }
    return;
  }
  if (!(await page.locator('.figure.curve').count())) {
    const choice = page.locator('input[type=radio]').first();
    await choice.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    return;
  }
  await handles(page).first().waitFor({ state: 'attached' });
  for (const handle of await handles(page).all()) {
    await handle.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
  }
}

export async function reveal(page: Page): Promise<string> {
  await page.locator('.answer .primary').click();
  await sentence(page).waitFor({ timeout: 60_000 });
  return (await sentence(page).textContent())!;
}

/** Opens what can be turned after an answer; the tour has it folded. */
export const unfold = (page: Page) =>
  page.locator('summary', { hasText: 'Try something else' }).click();

/** What is told with the answer, if the sources are looked at, has its recorded numbers and says how they were made. */
export async function sources(page: Page): Promise<string> {
  await page.locator('.answer summary', { hasText: 'Sources' }).click();
  await page.locator('.answer .made').first().waitFor();
  return (await page.locator('.answer').textContent())!;
}
