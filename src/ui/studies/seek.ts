import type { Playground } from '../playground.svelte.ts';

/** Goes to the study that the address names; one that is not there is named in a notice. */
export async function seekStudy(playground: Playground): Promise<void> {
  const [{ STUDIES }, { shortened }] = await Promise.all([
    import('../../run/studies/catalogue.ts'),
    import('../../run/permalink.ts'),
  ]);
  const name = playground.study;
  if (STUDIES.some((study) => study.name === name)) {
    playground.chooseStudy(name);
    goToRooms();
    return;
  }
  playground.notices.push(
    `The link has an unknown study '${shortened(name ?? '')}'; it is ignored. The studies are ${STUDIES.map((study) => study.name).join(', ')}.`,
  );
  playground.chooseStudy(null);
}

/** Scrolls to the top of the room that is open. */
function goToRooms(): void {
  document.getElementById('rooms')?.scrollIntoView();
}

/** Shows a recorded study from another part of its room, whose end may be far down; the focus goes where the study is. */
export function goToStudy(playground: Playground, name: string): void {
  playground.chooseStudy(name);
  document.getElementById('rooms')?.focus({ preventScroll: true });
  goToRooms();
}
