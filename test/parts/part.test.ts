import { afterEach, describe, expect, it, vi } from 'vitest';

/** A module of its own for each test: who is told is told for the whole page. */
const fresh = async () => {
  vi.resetModules();
  return import('../../src/parts/part.ts');
};
/** Fails as often as it is told to, and then gives what it is told. */
function failing<T>(times: number, value: T): () => Promise<T> {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(new Error(`${left} left`)) : Promise.resolve(value));
}
afterEach(() => vi.resetModules());

describe('a part of the page', () => {
  it('is there at once where its file is', async () => {
    const { part, whenLost } = await fresh();
    whenLost(() => expect.unreachable());
    expect(await part(failing(0, 7))).toBe(7);
  });

  it('waits for another attempt as often as it fails, and then comes to whoever asked for it', async () => {
    const { part, whenLost } = await fresh();
    const told: [string, number][] = [];
    whenLost((error, attempt, again) => {
      told.push([error.message, attempt]);
      setTimeout(again);
    });
    expect(await part(failing(2, 7))).toBe(7);
    expect(told).toEqual([
      ['1 left', 1],
      ['0 left', 2],
    ]);
  });

  it('stays away until somebody wants another attempt', async () => {
    const { part, whenLost } = await fresh();
    let again = (): void => undefined;
    whenLost((_error, _attempt, another) => (again = another));
    let came = false;
    const asked = part(failing(1, 7)).then(() => (came = true));
    await new Promise((resolve) => setTimeout(resolve));
    expect(came).toBe(false);
    again();
    await asked;
    expect(came).toBe(true);
  });

  it('is refused where nobody is told', async () => {
    const { part } = await fresh();
    await expect(part(failing(1, 7))).rejects.toThrow('0 left');
  });
});
