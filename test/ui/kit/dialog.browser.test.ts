import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import KeysDialog from '../../../src/ui/kit/KeysDialog.svelte';
import { eventually, mounted } from '../fixtures/mounted.ts';

const KEYS = [{ name: 'K', does: 'something' }];
function opened() {
  const before = document.createElement('button');
  document.body.append(before);
  before.focus();
  let closed = 0;
  const shown = mounted(KeysDialog, {
    ...{ title: 'Keys', keys: KEYS, note: 'Nothing else.' },
    onClose: () => closed++,
  });
  const dialog = shown.one<HTMLDialogElement>('dialog');
  return {
    ...{ before, shown, dialog },
    isClosed: async () => {
      await eventually(() => expect([dialog.open, closed]).toEqual([false, 1]));
      expect(document.activeElement).toBe(before);
      before.remove();
    },
  };
}

describe('a dialog', () => {
  it('is named, holds the focus, and gives it back when its button closes it', async () => {
    const { shown, dialog, isClosed } = opened();
    expect(dialog.matches(':modal')).toBe(true);
    expect(shown.text(`#${dialog.getAttribute('aria-labelledby')}`)).toBe('Keys');
    expect(dialog.contains(document.activeElement)).toBe(true);
    expect(shown.texts('tr')).toEqual(['Ksomething']);
    shown.click(shown.button('Close'));
    await isClosed();
  });

  it('closes with Escape', async () => {
    const { isClosed } = opened();
    await userEvent.keyboard('{Escape}');
    await isClosed();
  });

  it('closes with a press beside it, and not with one inside', async () => {
    const { dialog, isClosed } = opened();
    await userEvent.click(dialog.querySelector('p')!);
    expect(dialog.open).toBe(true);
    await userEvent.click(page.elementLocator(document.documentElement), {
      position: { x: 2, y: 2 },
      force: true,
    });
    await isClosed();
  });
});
