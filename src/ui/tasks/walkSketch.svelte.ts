type WalkSketch = typeof import('./WalkSketch.svelte').default;

/** What draws grids, fetched once a task has them: of others nobody needs it. Made while a component is. */
export class LazySketch {
  current = $state.raw<WalkSketch>();

  constructor(isGrid: () => boolean) {
    $effect(() => {
      if (isGrid())
        void import('./WalkSketch.svelte').then((sketch) => (this.current = sketch.default));
    });
  }
}
