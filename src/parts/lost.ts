import { whenLost } from './part.ts';
import { fileOf, reasonOf, type Reason } from './reason.ts';
import { PARTS } from './words.ts';

/** Not from the browser's own cache, which may have what the page came from. */
const read = (address: string): Promise<string | null> =>
  fetch(address, { cache: 'no-cache' }).then(
    (response) => (response.ok ? response.text() : null),
    () => null,
  );

/** @throws Error naming the style sheet, if it cannot be had. */
function loadStyles(href: string): Promise<void> {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', crossOrigin: '', href });
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`the style sheet ${href} could not be loaded`));
    };
  });
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.textContent = label;
  made.onclick = act;
  return made;
}

/**
 * Says on screen that a part of the page could not be loaded, and what to do: one message, however many parts there are.
 * Made by hand, since nothing that would have to be loaded can make it.
 *
 * @param also is told the sentence too.
 */
export function tellOfLostParts(also: (sentence: string) => void = () => undefined): void {
  const box = document.createElement('div');
  box.className = 'lost-part';
  box.role = 'alert';
  const script = document.querySelector('script[src]')?.getAttribute('src') ?? '';
  const page = location.href.split('#')[0]!;
  const waiting: (() => void)[] = [];

  function tryAgain(): void {
    box.remove();
    for (const again of waiting.splice(0)) again();
  }
  function show(reason: Reason): void {
    box.replaceChildren(
      `${PARTS[reason]} ${PARTS.reloading}`,
      ...(reason === 'missing' ? [button(PARTS.again, tryAgain)] : []),
      button(PARTS.reload, () => location.reload()),
    );
    document.body.append(box);
  }

  async function lost(error: Error, attempt: number, again: () => void): Promise<void> {
    console.error(error);
    const file = fileOf(error);
    // Vite asks for a style sheet once only, and goes on without it.
    const retry = file?.endsWith('.css')
      ? () => void loadStyles(file).then(again, (failed) => lost(failed, attempt + 1, again))
      : again;
    const reason = await reasonOf({ error, attempt, page, script, read });
    waiting.push(retry);
    show(reason);
    also(PARTS[reason]);
  }
  whenLost((...failed) => void lost(...failed));
}
