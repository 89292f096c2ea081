/**
 * Lets the keyboard reach a box while it is wider than its place, to scroll it there; a box that fits is no stop on the way.
 * For `{@attach}`, on an element that has a role and a name.
 */
export function scrollable(box: HTMLElement): () => void {
  const look = (): void => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  };
  const observer = new ResizeObserver(look);
  for (const each of [box, ...box.children]) observer.observe(each);
  look();
  return () => observer.disconnect();
}
