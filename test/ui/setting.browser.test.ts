import axe from 'axe-core';
import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, SETTINGS } from '../../src/run/settings.ts';
import SettingControl from '../../src/ui/SettingControl.svelte';
import { mounted } from './fixtures/mounted.ts';

const setting = SETTINGS.find(({ key }) => key === 'groupSize')!;
function shown(more: Record<string, unknown> = {}) {
  const change = vi.fn();
  const control = mounted(SettingControl, {
    ...{ settings: { ...DEFAULT_SETTINGS, groupSize: 8 }, change, setting },
    ...more,
  });
  const tip = control.one('[role=tooltip]');
  const isTold = () => tip.checkVisibility({ visibilityProperty: true });
  return { change, control, tip, isTold, field: control.one('input') };
}

describe('a setting', () => {
  it('says what it does while the keyboard is on it, and to whoever hears it', () => {
    const { control, field, tip, isTold } = shown();
    expect(field.getAttribute('aria-describedby')).toBe(tip.id);
    expect(tip.textContent).toContain(setting.help);
    expect(isTold()).toBe(false);
    const height = control.root.offsetHeight;
    control.focus(field);
    expect(isTold()).toBe(true);
    // Nothing below moves.
    expect(control.root.offsetHeight).toBe(height);
    control.press('Escape');
    expect(isTold()).toBe(false);
    field.blur();
  });

  it('says it to a finger, which presses a sign that the keyboard passes by', () => {
    const { control, isTold } = shown();
    const sign = control.one('.sign');
    expect(sign.tabIndex).toBe(-1);
    control.click(sign);
    expect(isTold()).toBe(true);
    control.click(sign);
    expect(isTold()).toBe(false);
  });

  it('says it to a pointer on its name, for as long as that is there', () => {
    const { control, isTold } = shown();
    const point = (kind: 'enter' | 'leave') =>
      control
        .one('label')
        .dispatchEvent(new PointerEvent(`pointer${kind}`, { pointerType: 'mouse' }));
    point('enter');
    flushSync();
    expect(isTold()).toBe(true);
    point('leave');
    flushSync();
    expect(isTold()).toBe(false);
  });

  it('is marked where it waits for a restart, and taken back to what the run has', async () => {
    expect(shown({ inForce: { ...DEFAULT_SETTINGS, groupSize: 8 } }).control.all('.back')).toEqual(
      [],
    );
    const { control, change } = shown({ inForce: { ...DEFAULT_SETTINGS, groupSize: 16 } });
    const back = control.one('[data-waits] .back');
    expect(back.textContent).toContain('Waits for a restart; the run on screen has 16.');
    expect((await axe.run(control.root)).violations.map(({ id }) => id)).toEqual([]);
    control.click(back);
    expect(change).toHaveBeenCalledWith('groupSize', 16);
  });
});
