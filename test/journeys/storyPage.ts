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
  const choice = page.locator('input[type=radio]');
  if ((await choice.count()) > 0) {
    await choice.first().focus();
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

export const TOLD: Record<string, RegExp> = {
  curve: /^Your curve is \d+\.\d{3} away from what came out, on average over \d points/,
  count: /^It came out at \d+\.\d of 100, (inside|\d+\.\d away from) the range that you chose\.$/,
  arms: /^Highest is SFT on (?:the teacher|a teacher, ρ = 0\.01) with 0\.\d+ ± 0\.\d+[;,]/,
};
