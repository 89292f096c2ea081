/** What the parts that all of the page is made of say themselves. */
export const KIT_TEXT = {
  close: 'Close',
  more: 'More',
  less: 'Less',
};
