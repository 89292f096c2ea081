import { flushSync, mount, unmount } from 'svelte';
import type { Embedded } from '../../embed/frame.ts';
import type { Head } from '../../embed/head.ts';
import { COMPUTES, type EmbedState } from '../../embed/messages.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { permalinkOf, type ParsedPermalink } from '../../run/permalink.ts';
import { linkOfRun } from '../../run/presetOf.ts';
import EmbedView from './EmbedView.svelte';
import { Playground } from '../state/playground.svelte.ts';
import type { FigureName } from './figureNames.ts';
import type { Phase } from '../state/phase.ts';
import * as EMBED from '../../messages/embed.ts';

/** What stands in a frame, and what that wants to know of what runs in it. */
interface Framed {
  head: Head;
  names: readonly FigureName[];
  /** Which of them is seen, where there is room for one. */
  chosen: FigureName;
  /** At most ten a second, the last one always. */
  onChange(state: EmbedState): void;
  /** Something is about to compute. */
  onBegin(): void;
}

/** Milliseconds between two changes told. */
const TELL_EVERY = 100;

/** Mounts the playground of a link in a frame; what of the link cannot be taken is told on screen. */
export function mountEmbed(
  target: Element,
  link: ParsedPermalink,
  { onChange, onBegin, ...shown }: Framed,
): Embedded {
  const playground = new Playground({
    ...{ link, address: 'read' },
    // Under the title of another run nobody takes it for the page's own, and who begins one does not want to see this one.
    recorded: linkOfRun(link.settings) === linkOfRun(DEFAULT_SETTINGS) ? 'untilBegun' : 'none',
  });
  const view = mount(EmbedView, { target, props: { playground, ...shown } });
  flushSync();

  const state = (): EmbedState => stateOf(playground);
  let told = '';
  let computes = false;
  const look = (): void => {
    const now = state();
    const began = !computes && COMPUTES.has(now.status);
    computes = COMPUTES.has(now.status);
    if (began) onBegin();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    onChange(now);
  };
  look();
  const timer = setInterval(look, TELL_EVERY);

  return {
    play: (until) => (until === undefined ? playground.play() : playground.runTo(until)),
    pause: () => {
      if (playground.run.phase.kind === 'playing') playground.pause();
    },
    step: () => playground.step(),
    reset: () => playground.reset(),
    release: (why) => playground.release(EMBED.released[why]),
    setHead: (head) => view.setHead(head),
    remove: () => {
      clearInterval(timer);
      playground.release(EMBED.released.unseen);
      void unmount(view);
    },
    state,
  };
}

/** How a playground stands, in plain numbers. */
export function stateOf({ run, figures }: Playground): EmbedState {
  const { shownEvaluation, shown } = figures;
  const passAt = (k: string): number | null => shownEvaluation?.heldOut?.passAt[k] ?? null;
  return {
    status: statusOf(run.phase, figures.showsRecording),
    step: shown?.step ?? 0,
    steps: run.settings.steps,
    passAt1: passAt('1'),
    passAt256: passAt('256'),
    entropy: shown?.entropy ?? null,
    link: permalinkOf(run.settings),
  };
}

function statusOf(phase: Phase, showsRecording: boolean): EmbedState['status'] {
  if (phase.kind === 'cancelled') return phase.by === 'page' ? 'released' : 'cancelled';
  if (showsRecording) return 'recorded';
  // What waits for somebody to want it is ready to be played.
  return phase.kind === 'waiting' ? 'paused' : phase.kind;
}
