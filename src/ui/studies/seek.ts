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
    document.getElementById('rooms')?.scrollIntoView();
    return;
  }
  playground.notices.push(
    `The link has an unknown study '${shortened(name ?? '')}'; it is ignored. The studies are ${STUDIES.map((study) => study.name).join(', ')}.`,
  );
  playground.chooseStudy(null);
}
