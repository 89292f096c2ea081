import { mount, unmount } from 'svelte';
import type { Embedded } from '../../embed/frame.ts';
import type { Head } from '../../embed/head.ts';
import type { EmbedState } from '../../embed/messages.ts';
import type { CurveKind } from '../../run/view.ts';
import EmbedResults from './EmbedResults.svelte';
import * as TEXT from '../../messages/results.ts';

/** What stands in a frame that shows results, and what the frame says of them. */
interface Framed {
  /** As a link has them. */
  counts: string;
  curve: CurveKind;
  head: Head;
  problems: readonly string[];
  state: EmbedState;
  onProblem(problem: string): void;
}

/** Mounts the curves of results in a frame. Nothing of them trains, which is told to whoever wants it. */
export function mountEmbeddedResults(
  target: Element,
  { state, onProblem, ...shown }: Framed,
): Embedded {
  const view = mount(EmbedResults, { target, props: { ...shown, onProblem } });
  const trainsNot = (): void => onProblem(TEXT.trainsNot);
  const nothing = (): void => {};
  return {
    ...{ play: trainsNot, step: trainsNot, pause: nothing, reset: nothing, release: nothing },
    setHead: (head) => view.setHead(head),
    remove: () => void unmount(view),
    state: () => state,
  };
}
