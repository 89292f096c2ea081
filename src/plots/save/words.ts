/** What is said of a figure that could not be taken along. */
export const SAVE_TEXT = {
  failed: 'Not saved as {kind}: {why}. Another kind of file may work.',
};
