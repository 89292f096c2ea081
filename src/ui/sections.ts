/** The parts of the page, from what is seen first to what is read last. */
export const SECTIONS = ['run', 'problem', 'update', 'algorithm', 'measures', 'compare'] as const;
export type SectionId = (typeof SECTIONS)[number];

/** Goes to a section. The address stays as it is, since what is behind its # describes the run. */
export const goTo =
  (id: SectionId) =>
  (event: Event): void => {
    event.preventDefault();
    const section = document.getElementById(id);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  };
