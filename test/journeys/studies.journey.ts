import { describe, expect, it } from 'vitest';
import { statusSays } from './site.ts';
import { absent, article, cutShort, goToStudies, hash, shown, useStudies } from './studiesPage.ts';

const { open, sample } = useStudies();

describe('a link to a recorded study', () => {
  it('goes there, and shows figure, sentences, numbers and what papers report', async () => {
    const { page, errors, fetched } = await open(`&study=${shown.name}`);
    await article(page).locator('svg[role=img]').waitFor();
    // Nothing above it is made on the way, so that nothing moves it away again.
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#studies-title')!.getBoundingClientRect();
      return top >= 0 && top < innerHeight / 3;
    });
    expect(fetched).toEqual([shown.name]);
    const summary = await article(page).locator('svg[role=img]').getAttribute('aria-label');
    for (const { label } of shown.arms) expect(summary).toContain(`${label}: 0.`);
    expect(summary).toMatch(/ ± 0\.\d+ at k = 1, .* ± [\d.e-]+ at k = 1,024/);
    expect(await article(page).locator('.outcome li').allTextContents()).toEqual(
      sample().claims.map(({ sentence }) => sentence),
    );
    const rows = await article(page).locator('table').first().locator('tbody tr').count();
    expect(rows).toBe(shown.arms.length + 2); // with chance and the base
    expect(await article(page).textContent()).toContain(shown.papers[0]!.says);
    expect(hash(page).get('study')).toBe(shown.name);
    expect(errors).toEqual([]);
  });
});

describe('the list of studies', () => {
  it('is worked with the keyboard; a missing or broken file is named and the rest goes on', async () => {
    const { page } = await open('');
    await goToStudies(page);
    // The entry of the room is made.
    await expect.poll(() => hash(page).get('room')).toBe('studies');
    const entries = await page.evaluate(() => history.length);
    for (const [study, message] of [
      [absent, `The recorded study '${absent.name}' could not be fetched: HTTP 404.`],
      [cutShort, `The recorded study '${cutShort.name}' cannot be read: it is not JSON.`],
    ] as const) {
      const button = page.getByRole('button', { name: study.title, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
      await article(page).locator('[role=alert]', { hasText: message }).waitFor();
      expect(await button.getAttribute('aria-current')).toBe('true');
      await expect.poll(() => hash(page).get('study')).toBe(study.name);
    }
    await page.getByRole('button', { name: shown.title, exact: true }).click();
    await article(page).locator('svg[role=img]').waitFor();
    expect(await page.locator('nav [aria-current]').allTextContents()).toEqual([shown.title]);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });
});

it('an arm runs live with what was recorded of it behind, and the way back leads to its study', async () => {
  const { page } = await open(`&study=${shown.name}`);
  const [, arm] = sample().arms;
  await article(page)
    .getByRole('link', { name: `Run live: ${arm!.label}`, exact: true })
    .click();
  await page.waitForFunction(() => scrollY === 0);
  const note = page.locator('[data-companion]');
  await note.getByText(`“${arm!.label}” as the study “${shown.title}”`).waitFor();
  // The settings of a sample are its own, and those of the run on screen are the arm's.
  const wanted = [...new URLSearchParams(arm!.permalink.slice(1))];
  await expect
    .poll(() => wanted.filter(([key, value]) => hash(page).get(key) !== value))
    .toEqual([]);
  await statusSays(page, 'finished');
  // Base, chance, now, and the recorded arm, whose band is an area.
  const curve = page.locator('.stage .curve');
  expect(await curve.locator('path.band').count()).toBe(1);
  await note.getByRole('button', { name: 'Back to the study' }).click();
  await page.waitForFunction(() => scrollY > 0);
  expect(await article(page).getAttribute('data-study')).toBe(shown.name);
  const steps = page.getByLabel('Steps', { exact: true }).first();
  expect(await steps.inputValue()).toBe(new Map(wanted).get('steps'));
  await note.getByRole('button', { name: 'back to my settings' }).click();
  await note.waitFor({ state: 'detached' });
  expect(await curve.locator('path.band').count()).toBe(0);
});
