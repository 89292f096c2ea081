import type { Notices } from '../state/notices.svelte.ts';
import type { Place } from '../state/place.svelte.ts';

/** Goes to the study that the address names; one that is not there is named in a notice. */
export async function seekStudy(place: Place, notices: Notices): Promise<void> {
  const [{ STUDIES }, { shortened }] = await Promise.all([
    import('../../run/studies/catalogue.ts'),
    import('../../run/permalink.ts'),
  ]);
  const name = place.study;
  if (STUDIES.some((study) => study.name === name)) {
    place.chooseStudy(name);
    goToRooms();
    return;
  }
  notices.add(
    `The link has an unknown study '${shortened(name ?? '')}'; it is ignored. The studies are ${STUDIES.map((study) => study.name).join(', ')}.`,
  );
  place.chooseStudy(null);
}

/** Scrolls to the top of the room that is open. */
function goToRooms(): void {
  document.getElementById('rooms')?.scrollIntoView();
}

/** Shows a recorded study from another part of its room, whose end may be far down; the focus goes where the study is. */
export function goToStudy(place: Place, name: string): void {
  place.chooseStudy(name);
  document.getElementById('rooms')?.focus({ preventScroll: true });
  goToRooms();
}
