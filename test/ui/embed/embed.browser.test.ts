import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbedState } from '../../../src/embed/messages.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import { parsePermalink } from '../../../src/run/permalink.ts';
import { applyView } from '../../../src/ui/controls.ts';
import EmbedDialog from '../../../src/ui/embed/EmbedDialog.svelte';
import { figuresOf } from '../../../src/ui/embed/figureNames.ts';
import { mountEmbed } from '../../../src/ui/embed/mount.ts';
import { eventually, findSite, Mounted, mounted } from '../fixtures/mounted.ts';

beforeEach(findSite);

describe('the dialog of an embed', () => {
  it('writes the run with the figures, controls and theme that are chosen', () => {
    const settings = { ...DEFAULT_SETTINGS, seed: 7 };
    const dialog = mounted(EmbedDialog, { settings, curve: 'any', onClose: () => undefined });
    const label = (words: string): HTMLElement =>
      dialog.all('label').find(({ textContent }) => textContent!.trim() === words)!;
    const texts = () => dialog.all<HTMLTextAreaElement>('textarea').map(({ value }) => value);
    const site = new URL('/', location.href).href;
    expect(texts()[0]).toContain(`<script type="module" src="${site}v1/embed.js"></script>`);
    expect(texts()[0]).toContain(
      '<rlvr-playground v="2" seed="7" style="display: block; height: 520px"></rlvr-playground>',
    );
    for (const words of ['pass@k and entropy over steps', 'reward', 'dark', 'timeline'])
      dialog.click(label(words));
    expect(texts()[0]).toContain(
      ' seed="7" figures="passk,reward" hide="timeline" theme="dark" style=',
    );
    expect(texts()[1]).toContain(`${site}v1/embed.html?v=2&amp;seed=7&amp;figures=passk%2Creward`);
  });
});

describe('a playground in a frame', () => {
  const ended: (() => void)[] = [];
  afterEach(() => {
    for (const end of ended.splice(0)) end();
  });
  /** What a frame shows of a link, and what its page is told. */
  function embeddedOf(hash: string) {
    const target = document.createElement('div');
    document.body.append(target);
    const states: EmbedState[] = [];
    let begun = 0;
    const link = parsePermalink(hash);
    applyView(link);
    const names = figuresOf(link.view.figures ?? [], link.problems);
    const embedded = mountEmbed(target, link, {
      head: { title: 'A title', caption: 'A sentence.' },
      names,
      chosen: names[0]!,
      onChange: (state) => states.push(state),
      onBegin: () => begun++,
    });
    ended.push(() => {
      embedded.remove();
      target.remove();
      applyView(parsePermalink('#hide='));
    });
    return { embedded, states, begun: () => begun, shown: new Mounted(target) };
  }

  it('tells what of its link cannot be shown, and shows the rest', async () => {
    const { shown } = embeddedOf('#figures=passk,volume&hide=reset,volume,headline');
    await shown.appears('[data-figure=passk] svg[role=img]');
    expect(shown.all('[data-figure]')).toHaveLength(1);
    const told = shown.texts('.message').join();
    expect(told).toContain("figures has 'volume', expected some of passk, training");
    expect(told).toContain("hide has 'volume', which is no control");
    const isSeen = (name: string): boolean => shown.one(`[data-control=${name}]`).checkVisibility();
    expect(['reset', 'headline', 'status'].map(isSeen)).toEqual([false, false, true]);
  });

  it('shows of another run its base, and not the recorded run of the page', async () => {
    const { states, shown } = embeddedOf('#v=2&preset=coin&figures=passk&engine=wasm');
    await eventually(() => expect(shown.texts('.of-run').join()).toMatch(/pass@1\s+0\.111/));
    // Ready to train: later than a recorded run would be there.
    await eventually(() => expect(states.at(-1)!.status).toBe('paused'));
    expect(shown.all('.numbers-line b, .of')).toEqual([]);
    expect(states.map(({ status }) => status)).not.toContain('recorded');
  });

  it('says that a reader has stopped what was being prepared, and not that it was let go of', async () => {
    const { embedded, shown, begun } = embeddedOf('#engine=reference&base=live&figures=entropy');
    embedded.play();
    flushSync();
    expect(embedded.state().status).toBe('loading');
    shown.click(shown.button('Cancel'));
    expect(embedded.state().status).toBe('cancelled');
    expect(begun()).toBe(1);
    // Play begins it again; let go of, it says that.
    embedded.play();
    expect(embedded.state().status).toBe('loading');
    embedded.release('unseen');
    expect(embedded.state().status).toBe('released');
  });

  it('shows the recorded run of the page before anything is computed, and tells of it', async () => {
    const { states, begun, shown } = embeddedOf('#figures=passk&hide=headline');
    // Numbers can be left out, but not that they are of a recorded run.
    await shown.appears('.of');
    expect(shown.texts('.of')).toEqual(['recorded, 300 steps, seed 1']);
    const isSeen = ['[data-control=headline]', '.of'].map((each) =>
      shown.one(each).checkVisibility(),
    );
    expect(isSeen).toEqual([false, true]);
    await eventually(() => expect(states.at(-1)!.status).toBe('recorded'));
    expect(states.at(-1)!).toMatchObject({ step: 300, steps: 300 });
    expect(states.at(-1)!.passAt1).toBeCloseTo(0.347, 3);
    expect(begun()).toBe(0);
  });
});
