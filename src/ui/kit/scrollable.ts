/**
 * Lets the keyboard reach a box while what is in it is larger than its place, to scroll it there; a box that fits is no stop
 * on the way. For `{@attach}`, on an element that has a role and a name.
 */
export function scrollable(box: HTMLElement): () => void {
  const look = (): void => {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  };
  // They tell of sizes once there are some, so that nothing has to be laid out for an answer.
  const sizes = new ResizeObserver(look);
  const watch = (): void => {
    for (const each of [box, ...box.children]) sizes.observe(each);
  };
  const children = new MutationObserver(watch);
  children.observe(box, { childList: true });
  watch();
  look();
  return () => {
    sizes.disconnect();
    children.disconnect();
  };
}
