/** The parts of the page, from what is seen first to what is read last; those that a run has not are left out. */
export const SECTIONS = [
  { id: 'run', name: 'Run' },
  { id: 'problem', name: 'Problem' },
  { id: 'update', name: 'Update' },
  { id: 'algorithm', name: 'Algorithm' },
  { id: 'measures', name: 'Measures' },
  { id: 'compare', name: 'Compare' },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];

/** Goes to a section. The address stays as it is, since what is behind its # describes the run. */
export const goTo =
  (id: SectionId) =>
  (event: Event): void => {
    event.preventDefault();
    const section = document.getElementById(id);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  };
