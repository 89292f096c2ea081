import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseStudy } from '../../src/run/studies/recorded.ts';
import { openStudies } from './reader.ts';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const { arms } = parseStudy(
  'kl',
  readFileSync(new URL('../../public/runs/studies/kl.json', import.meta.url), 'utf8'),
);

it('all methods are read when they are opened, and lead to their studies and to runs with their settings', async () => {
  const fetched: string[] = [];
  const { page, errors } = await open(
    '#engine=wasm&eval-problems=12&eval-samples=0&prompts=2&group-size=4',
    {
      before: async (page) =>
        page.on('request', (request) => {
          const name = /runs\/studies\/([^/]+)\.json$/.exec(request.url())?.[1];
          if (name) fetched.push(name);
        }),
    },
  );
  const card = page.locator('[data-card=compare]');
  await statusSays(page, 'ready to train');
  expect(fetched).toEqual([]);
  await openStudies(page, 'methods');
  // The first row of a method: what is read out beside the plane is the base at first.
  const row = card.locator('tbody:last-of-type tr').first();
  await row.waitFor();
  await row.locator('button.pick').click();
  const study = card.getByRole('button', { name: 'Open its study' });
  expect(new Set(fetched).size).toBe(fetched.length);

  // Others may have come before it meanwhile.
  const picked = card.locator('table .pick[aria-pressed=true]');
  const label = (await picked.textContent())!.trim();
  await study.click();
  await page.locator('article[data-study] svg[role=img]').waitFor();
  const name = await page.locator('article[data-study]').getAttribute('data-study');
  expect(page.url()).toContain(`study=${name}`);
  await page.locator(`article[data-study=${name}] table`).getByText(label).first().waitFor();
  await page.waitForFunction(() => {
    const { top } = document.querySelector('#studies-title')!.getBoundingClientRect();
    return top >= 0 && top < innerHeight / 3;
  });

  await openStudies(page, 'methods');
  await card
    .locator('table')
    .getByRole('link', { name: 'Run this live: KL penalty, β = 0.3', exact: true })
    .click();
  const { permalink } = arms.find(({ id }) => id === 'klCoefficient-0.3')!;
  await page.locator('[data-companion]').getByText('“β = 0.3”').waitFor();
  const wanted = new URLSearchParams(permalink.slice(1)).get('kl');
  await page.waitForFunction(
    (value) => new URLSearchParams(location.hash.slice(1)).get('kl') === value,
    wanted,
  );
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(errors).toEqual([]);
});
