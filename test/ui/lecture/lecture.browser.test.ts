import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { parsePermalink } from '../../../src/run/permalink.ts';
import { DECK } from '../../../src/ui/lecture/deck.ts';
import * as SLIDES from '../../../src/messages/slides.ts';
import Lecture from '../../../src/ui/lecture/Lecture.svelte';
import LectureProgress from '../../../src/ui/lecture/LectureProgress.svelte';
import { eventually, findSite, mounted, type Mounted } from '../fixtures/mounted.ts';
import type { Phase } from '../../../src/ui/state/phase.ts';
import { pageOf } from '../fixtures/page.svelte.ts';

const address = location.href;
beforeEach(findSite);
const { innerWidth, innerHeight } = window;
afterEach(async () => {
  await page.viewport(innerWidth, innerHeight);
  history.replaceState(null, '', address);
  const { dataset } = document.documentElement;
  delete dataset['theme'];
  delete dataset['view'];
});

/** The lecture that a link opens, once its recorded run is there. */
async function lectureOf(link: string): Promise<Mounted> {
  const lecture = mounted(Lecture, { link: parsePermalink(`#view=lecture&${link}`) });
  await eventually(() => expect(lecture.text('.status')).toContain('recorded run'));
  return lecture;
}
const heading = (lecture: Mounted): string => lecture.text('h1');

describe('the lecture', () => {
  it('stands where its slide does in the recorded run', async () => {
    const lecture = await lectureOf('slide=crossing');
    expect(heading(lecture)).toBe(SLIDES.crossing);
    expect(lecture.text('.status')).toBe('recorded run, seed 1, step 300');
    expect(lecture.text('[data-headline="pass@1"] b')).toBe('0.347');
    lecture.press('Home');
    expect(heading(lecture)).toBe(SLIDES.base);
    await eventually(() => expect(lecture.text('.status')).toBe('recorded run, seed 1, step 0'));
    lecture.press('PageDown');
    await eventually(() => expect(lecture.text('.status')).toBe('recorded run, seed 1, step 60'));
  });

  it('goes through the deck by the keys of a presenter, and no further than its ends', async () => {
    const lecture = await lectureOf('theme=dark');
    const { length } = history;
    const keys = ['ArrowRight', 'PageDown', 'n', 'PageUp', 'p', 'ArrowLeft', 'ArrowLeft'];
    const places = [1, 2, 3, 2, 1, 0, 0];
    for (const [i, key] of keys.entries()) {
      lecture.press(key);
      expect(heading(lecture)).toBe(SLIDES[DECK[places[i]!]!.id]);
    }
    lecture.press('ArrowRight');
    // The address names the slide, keeps how it is shown, and no step back leads through the deck.
    expect(location.hash).toBe(`#view=lecture&slide=${DECK[1]!.id}&theme=dark`);
    expect(history.length).toBe(length);
  });

  it('changes its task by a key, and names it in the address', async () => {
    const lecture = await lectureOf('slide=training');
    const title = heading(lecture);
    lecture.press('k');
    expect(location.hash).toBe('#v=2&task=maze&view=lecture&slide=training');
    expect(heading(lecture)).not.toBe(title);
    lecture.press('End');
    expect(heading(lecture)).toBe(SLIDES.narrow);
    expect(location.hash).toContain('task=maze');
    lecture.press('k');
    lecture.press('ArrowRight');
    expect(heading(lecture)).toBe(SLIDES.distilled);
    lecture.press('k');
    expect(location.hash).toBe('#view=lecture&slide=distilled');
    // Where a task has no such slide it shows the one before.
    lecture.press('k');
    expect(heading(lecture)).toBe(SLIDES.narrow);
  });

  it('draws nothing of a recorded run beyond the step where it stands', async () => {
    const lecture = await lectureOf('slide=training');
    const path = await lecture.appears<SVGPathElement>('[data-figure=training] path:not(.domain)');
    const plot = path.ownerSVGElement!;
    // Of 300 steps 60 are a fifth of the axis.
    const axis = plot.querySelector<SVGLineElement>('line.axis')!.getBBox();
    const drawn = path.getBBox();
    expect((drawn.x + drawn.width - axis.x) / axis.width).toBeCloseTo(0.2, 2);
    lecture.press('Home');
    await lecture.appears('[data-figure=passk] path');
    await eventually(() => {
      const { textContent } = lecture.one('[data-figure=passk] .legend');
      expect(textContent).toContain('base');
      expect(textContent).not.toContain('now');
    });
  });

  it('has all else on keys: figures one at a time, size, theme, a dark screen, the list', async () => {
    await page.viewport(1280, 720);
    const lecture = await lectureOf('slide=crossing');
    const shown = () => lecture.all('[data-figure]').map(({ dataset }) => dataset['figure']);
    const views = [shown()];
    for (let i = 0; i < 3; i++) {
      lecture.press('v');
      views.push(shown());
    }
    const both = ['passk', 'training'];
    expect(views).toEqual([both, ['passk'], ['training'], both]);

    const zoom = (): number => Number(lecture.one('.lecture').style.zoom);
    const before = zoom();
    lecture.press('+');
    expect(zoom()).toBeGreaterThan(before);
    lecture.press('-');

    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    lecture.press('t');
    expect(document.documentElement.dataset['theme']).toBe(isDark ? 'light' : 'dark');
    lecture.press('b');
    lecture.one('.black');
    lecture.press('x');
    expect(lecture.all('.black')).toEqual([]);
    lecture.press('?');
    expect(lecture.text('dialog[open] h2')).toBe('Keys of a presenter');
    // What the dialog takes is none of the deck's.
    lecture.focus(lecture.one('dialog button'));
    lecture.press('ArrowRight');
    expect(heading(lecture)).toBe(SLIDES.crossing);
    lecture.one<HTMLDialogElement>('dialog').close();
    await eventually(() => expect(lecture.all('dialog')).toEqual([]));
  });

  it('names what of its link it cannot show', async () => {
    const lecture = await lectureOf('slide=cinema&figures=volume');
    const told = lecture.texts('.message').join(' ');
    expect(told).toContain("slide is 'cinema', expected one of base, training, crossing");
    expect(told).toContain("figures has 'volume', expected some of passk");
    expect(heading(lecture)).toBe(SLIDES[DECK[0]!.id]);
  });
});

const PLAYING: Phase = { kind: 'playing', progress: null };

describe('the progress of a slide', () => {
  it('is that of the way to its step, which can be stopped; none of a run to its end', () => {
    const did: string[] = [];
    const page = pageOf({
      run: { phase: PLAYING, asked: { kind: 'play', until: 4000 } },
      pause: () => did.push('pause'),
      cancel: () => did.push('cancel'),
    });
    const { run } = page;
    run.settings = { ...run.settings, steps: 5000 };
    run.rows = [{ step: 60 }] as never;
    const shown = mounted(LectureProgress, { playground: page });
    const bar = shown.one<HTMLProgressElement>('progress');
    expect([bar.value, bar.max, bar.ariaLabel]).toEqual([60, 4000, 'training to step 4000']);
    shown.click(shown.button('Cancel'));
    const progress = { label: 'pretraining', done: 3, total: 7 };
    run.phase = { kind: 'loading', progress };
    flushSync();
    expect([bar.value, bar.max, bar.ariaLabel]).toEqual([3, 7, 'pretraining']);
    shown.click(shown.button('Cancel'));
    expect(did).toEqual(['pause', 'cancel']);

    run.phase = PLAYING;
    run.asked = { kind: 'play', until: 5000 };
    flushSync();
    expect(shown.all('progress')).toEqual([]);
  });
});
