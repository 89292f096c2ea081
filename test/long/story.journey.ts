import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../../src/ui/story/chapters.ts';
import { PROGRESS_KEY } from '../../src/ui/story/progress.ts';
import { violations } from '../journeys/axe.ts';
import { useSite } from '../journeys/site.ts';
import {
  at,
  heading,
  handles,
  sentence,
  predict,
  reveal,
  sources,
  unfold,
} from '../journeys/storyPage.ts';

const open = useSite();

describe('the story', () => {
  it('leads from the playground to the story and back, with the run of the chapter', async () => {
    const { page, errors } = await open('');
    await page.getByRole('link', { name: 'Guided tour' }).click();
    await heading(page, 'verifier');
    await page.getByRole('link', { name: 'To the playground' }).click();
    await page.getByRole('heading', { name: 'RLVR Playground' }).waitFor();
    await page.goto(page.url().replace(/#.*/, '') + at('luck', ''));
    await heading(page, 'luck');
    await page.getByRole('button', { name: 'Just show me' }).click();
    await page.getByRole('link', { name: 'Open the recorded study' }).click();
    await page.locator('[data-study=luck]').waitFor({ timeout: 60_000 });
    expect(errors).toEqual([]);
  });

  it('takes a curve from the pointer as from the keyboard, and says how far off it is', async () => {
    const { page } = await open(at('pass-at-k'));
    await heading(page, 'pass-at-k');
    const slider = page.getByRole('slider', { name: 'pass@k at k = 64' });
    await slider.waitFor();
    // The first point is the base's, and cannot be moved.
    expect(await handles(page).count()).toBe(5);
    const drawing = (await page.locator('.drawing svg').boundingBox())!;
    const handle = (await slider.boundingBox())!;
    await page.mouse.move(handle.x + 14, handle.y + 14);
    await page.mouse.down();
    await page.mouse.move(handle.x + 14, drawing.y + 14, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(
      (each) => (each as HTMLInputElement).valueAsNumber >= 0.99,
      await slider.elementHandle(),
    );
    await slider.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.98');
    // What lies beyond goes along: pass@k cannot fall.
    expect(await reveal(page)).toMatch(/^You (drew|expected 256 tries to solve) (9\d|100) of 100/);
    const legend = await page.locator('.legend').textContent();
    expect(legend).toMatch(/your guess.*base.*from 4 samples, ±1 s\.e\./);

    // In the sandbox another run joins, and what came out stays.
    const before = await page.locator('.figure svg[role=img]').first().getAttribute('aria-label');
    await unfold(page);
    await page.getByLabel('Eval temperature').fill('3');
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.waitForFunction(() =>
      document.querySelector('.legend')?.textContent?.includes('your run'),
    );
    const after = await page.locator('.figure svg[role=img]').first().getAttribute('aria-label');
    const base = /base: (\S+) … (\S+?)(;|$)/;
    expect(base.exec(after!)![1]).toBe(base.exec(before!)![1]);
  });

  it('draws by touch on a phone', async () => {
    const { page } = await open(at('vanish'), { width: 390, height: 844 });
    await heading(page, 'vanish');
    const slider = page.getByRole('slider', { name: 'pass@256 at training set of 16' });
    await slider.waitFor({ state: 'attached' });
    await slider.scrollIntoViewIfNeeded();
    const { x, y } = (await slider.boundingBox())!;
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down: number) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + 14, y: y + 14 + down }],
      });
    await touch('touchStart', 0);
    for (const down of [-20, -40, -60]) await touch('touchMove', down);
    await touch('touchEnd', 0);
    await page.waitForFunction(
      (each) => (each as HTMLInputElement).valueAsNumber > 0.6,
      await slider.elementHandle(),
    );
  });

  it('can be skipped through, and reveals without a prediction', async () => {
    const { page } = await open(at('sharpen'));
    await heading(page, 'sharpen');
    await page.getByRole('button', { name: 'Just show me' }).click();
    await sentence(page).waitFor({ timeout: 60_000 });
    expect(await sentence(page).textContent()).toMatch(/^One try solves \d+ of 100 problems/);
    await page.locator('[rel=next]').click();
    await heading(page, 'crossing');
    // The run of the chapter before is the same, and is there already.
    await page.locator('.answer .primary', { hasText: 'Show the answer' }).waitFor();
    await page.keyboard.press('p');
    await heading(page, 'sharpen');
    // Nothing turns while a number is typed.
    await unfold(page);
    await page.getByLabel('Seed').press('n');
    await heading(page, 'sharpen');
    await page.goBack();
    await heading(page, 'crossing');
  });

  it('moves the cursor of the figure from the prose', async () => {
    const { page } = await open(at('crossing'));
    await heading(page, 'crossing');
    await predict(page);
    await reveal(page);
    await page.locator('.answer summary', { hasText: 'Sources' }).click();
    await page.getByRole('button', { name: 'pass@256' }).click();
    await page.waitForFunction(() =>
      document.querySelector('.legend .note')?.textContent?.includes('k = 256'),
    );
    expect(await page.locator('.figure line.cursor').count()).toBe(1);
  });

  it('holds a run of the reader against findings of papers, and each run after it', async () => {
    const { page, errors } = await open(at('large'));
    await heading(page, 'large');
    const rows = page.locator('tr[data-finding]');
    const outcomes = (): Promise<(string | undefined)[]> =>
      rows.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['outcome']));
    await rows.first().waitFor();
    expect(new Set(await outcomes())).toEqual(new Set(['waiting']));
    const height = async () => (await page.locator('.figure').boundingBox())!.height;
    const before = await height();
    await predict(page);
    await reveal(page);

    // Each verdict is what its two numbers say.
    const numbers = async (): Promise<Record<string, number[]>> =>
      Object.fromEntries(
        await rows.evaluateAll((all) =>
          all.map((each) => [
            (each as HTMLElement).dataset['finding'],
            (each.querySelector('.numbers')!.textContent!.match(/[−\d.]+/g) ?? []).map((text) =>
              Number(text.replace('−', '-')),
            ),
          ]),
        ),
      );
    const shown = await numbers();
    const [first, many] = [shown['first']!, shown['many']!];
    const wayOf = ([from, to]: number[], sign: number): string =>
      to === from ? 'still' : Math.sign(to! - from!) === sign ? 'appears' : 'opposite';
    const [one, large, , , , sound, expands] = await outcomes();
    expect(one).toBe(wayOf(first, 1));
    expect(large).toBe(wayOf(many, -1));
    expect(expands).toBe(wayOf(many, 1));
    expect(sound).toBe('missing');
    expect(shown['crossing']![0]).toBeCloseTo(first[1]! - first[0]!, 2);
    expect(Math.abs((await height()) - before)).toBeLessThanOrEqual(1);
    const caption = page.locator('.figure figcaption p').first();
    expect(await caption.textContent()).toMatch(/Countdown, GRPO, .* seed 1, step 4 of 4/);
    // What the question asked about is recorded, and said to be.
    const recorded = page.getByRole('group', { name: 'Findings of papers beside this toy' });
    expect(await recorded.locator('tbody tr').count()).toBeGreaterThan(20);

    // With learning rate 0 nothing moves, and the numbers of the first run stay.
    await page.getByLabel('Learning rate').fill('0');
    await page.getByRole('button', { name: 'Run again' }).click();
    await page
      .locator('.told', { hasText: 'Of 7 findings 0 appear, 0 go the other way' })
      .waitFor();
    for (const name of ['first', 'many', 'crossing', 'coverage', 'expands'])
      expect(await page.locator(`[data-finding=${name}]`).getAttribute('data-outcome')).toBe(
        'still',
      );
    expect(await page.locator('[data-finding=first] .was').textContent()).toContain(
      `first run: ${first.map((value) => value.toFixed(3)).join(' → ')}`,
    );
    // The figure goes along with the words, and never over what follows them.
    for (const share of [0.25, 0.5, 0.75, 1]) {
      const gap = await page.evaluate((share) => {
        scrollTo(0, share * document.documentElement.scrollHeight);
        const box = (name: string) => document.querySelector(name)!.getBoundingClientRect();
        return box('.foot').top - box('.figure').bottom;
      }, share);
      expect(gap, `scrolled to ${share}`).toBeGreaterThanOrEqual(0);
    }
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('fades all lines but the one whose word is pointed at, by keyboard and by pointer', async () => {
    const { page } = await open(at('crossing'));
    await heading(page, 'crossing');
    await predict(page);
    await reveal(page);
    const line = page.locator('.figure svg[role=img] text.end');
    const opacityOf = async (label: string): Promise<string> =>
      line
        .filter({ hasText: new RegExp(`^${label}$`) })
        .evaluate((each) => getComputedStyle(each).opacity);
    const word = page
      .locator('[aria-labelledby=predict]')
      .getByRole('button', { name: 'base', exact: true });
    expect(await opacityOf('trained')).toBe('1');
    await word.focus();
    await expect.poll(() => opacityOf('trained')).toBe('0.2');
    expect(await opacityOf('base')).toBe('1');
    await word.blur();
    await expect.poll(() => opacityOf('trained')).toBe('1');
    await word.hover();
    await expect.poll(() => opacityOf('trained')).toBe('0.2');
    await page.mouse.move(2, 2);
    await expect.poll(() => opacityOf('trained')).toBe('1');
    // A word without a line in the figure fades nothing.
    await page.locator('.answer').getByRole('button', { name: 'crossing', exact: true }).focus();
    expect(await opacityOf('trained')).toBe('1');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await line.first().evaluate((each) => getComputedStyle(each).transitionDuration)).toBe(
      '0s',
    );
  });

  it('changes between light and dark by the button in its header', async () => {
    const { page } = await open(at('verifier'), { width: 390, height: 844 });
    await heading(page, 'verifier');
    const button = page.locator('[data-control=theme]');
    const page1 = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await page1();
    await button.click();
    expect(await page1()).toBe(light);
    await button.click();
    expect(await page1()).not.toBe(light);
    const box = (await button.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
  });

  it('explains its words on focus and on hover, in the colours of their lines', async () => {
    const { page } = await open(at('crossing'), { width: 390, height: 844 });
    await heading(page, 'crossing');
    const word = page
      .locator('[aria-labelledby=predict]')
      .getByRole('button', { name: 'base', exact: true });
    await word.focus();
    const tip = page.getByRole('tooltip').filter({ hasText: 'The policy before RL' });
    await tip.waitFor({ state: 'visible' });
    const box = (await tip.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    const line = page.locator('path[data-line]:not([data-line=drawn])').first();
    expect(await word.evaluate((each) => getComputedStyle(each).color)).toBe(
      await line.evaluate((each) => getComputedStyle(each).stroke),
    );
    await page.locator('summary', { hasText: 'Glossary' }).click();
    await page.locator('dl dt').nth(20).waitFor();
  });
});

it('lets nobody wait for three seconds without something to see, with the runs as they are', async () => {
  const waits: string[] = [];
  for (const { name } of CHAPTERS) {
    const began = performance.now();
    const { page } = await open(at(name, ''));
    await page.locator('.figure figure').first().waitFor();
    const opened = performance.now();
    expect(opened - began, `${name} opens`).toBeLessThan(3000);
    await page.getByRole('button', { name: 'Just show me' }).click();
    // A bar, a line that grows, or the answer itself.
    await page.locator('.answer progress, .sentence').first().waitFor();
    expect(performance.now() - opened, `${name} begins`).toBeLessThan(3000);
    await sentence(page).waitFor({ timeout: 60_000 });
    waits.push(
      `${name} ${Math.round(opened - began)} ms, then ${Math.round(performance.now() - opened)} ms`,
    );
    await page.close();
  }
  console.log(waits.join('\n'));
});

describe('where a reader is', () => {
  it.each([
    ['not JSON', '{"version'],
    ['of another version', '{"version":9,"at":null,"chapters":{}}'],
  ])('begins anew, with a notice, where what was kept is %s', async (_, text) => {
    const { page, errors } = await open('#view=story', {
      before: (page) =>
        page.addInitScript(
          ([key, kept]) => localStorage.setItem(key!, kept!),
          [PROGRESS_KEY, text],
        ),
    });
    await heading(page, 'verifier');
    expect(await page.locator('.notice').textContent()).toContain('cannot be read');
    expect(errors).toEqual([]);
  });

  it('works where the browser keeps nothing, and says so', async () => {
    const { page, errors } = await open(at('luck', ''), {
      before: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(window, 'localStorage', {
            get: () => {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }),
    });
    await heading(page, 'luck');
    expect(await page.locator('footer').textContent()).toContain('keeps nothing');
    await predict(page);
    expect(await reveal(page)).toMatch(/^You (drew|expected)/);
    expect(errors).toEqual([]);
  });

  it('names a chapter that there is none of', async () => {
    const { page } = await open('#view=story&chapter=nowhere&lr=x');
    await heading(page, 'verifier');
    const notices = await page.locator('.notice').allTextContents();
    expect(notices.join(' ')).toContain('unknown chapter ‘nowhere’');
    expect(notices.join(' ')).toContain("lr is 'x'");
  });
});

describe('anyone', () => {
  it.each([
    [1440, 'light'],
    [390, 'dark'],
  ] as const)(
    'has nothing that axe finds, at a width of %i in %s, asked and answered',
    async (width, scheme) => {
      const { page } = await open(at(CHAPTERS[0]!.name), {
        width,
        height: width > 1000 ? 900 : 844,
        colorScheme: scheme,
      });
      for (const { name } of CHAPTERS) {
        await page.evaluate((hash) => (location.hash = hash), at(name));
        await heading(page, name);
        await page.waitForTimeout(300);
        expect(await violations(page), `${name}, asked`).toEqual([]);
        await predict(page);
        await reveal(page);
        await sources(page);
        expect(await violations(page), `${name}, answered`).toEqual([]);
      }
    },
  );

  it.each([1440, 768, 390, 360])('scrolls no chapter sideways at a width of %i', async (width) => {
    const { page } = await open(at('verifier'), { width, height: 844 });
    for (const { name } of CHAPTERS) {
      await page.evaluate((hash) => (location.hash = hash), at(name));
      await heading(page, name);
      await page.getByRole('button', { name: 'Just show me' }).click();
      await sentence(page).waitFor({ timeout: 60_000 });
      await sources(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, name).toBeLessThanOrEqual(0);
    }
  });
});
