import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Comparison } from '../../../src/ui/compare/comparison.svelte.ts';

const runs = new URL('../../../public/runs/', import.meta.url);
/** The studies that are said to be recorded: a few, so that a test is soon through. */
let names: string[];
let asked: string[];
/** What a study waits for before it comes. */
let gates: Map<string, Promise<void>>;
beforeEach(() => {
  asked = [];
  gates = new Map();
  vi.stubGlobal('document', { baseURI: 'https://example.org/', querySelector: () => null });
  vi.stubGlobal('fetch', async ({ pathname }: URL) => {
    const path = pathname.replace('/runs/', '');
    if (path === 'studies.json')
      return Response.json({ format: 'rlvr-studies', version: 1, names });
    const name = /([\w-]+)\.json$/.exec(path)![1]!;
    asked.push(name);
    await gates.get(name);
    return new Response(readFileSync(new URL(path, runs), 'utf8'));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Studies that one test has fetched are kept for the next. */
function comparisonOf(...recorded: string[]): Comparison {
  names = recorded;
  return new Comparison();
}

describe('the comparison', () => {
  it('reads each study once, but none that begins with another base, and says so', async () => {
    const comparison = comparisonOf('no-training', 'kl', 'beyond');
    await comparison.read();
    expect(asked.toSorted()).toEqual(['kl', 'no-training']);
    expect(comparison.leftOut.map(({ study, why }) => `${study}: ${why}`)).toContain(
      'beyond: prior',
    );
    const labels = comparison.methods.map(({ label }) => label);
    expect(labels).toContain('KL penalty, β = 0.3');
    // Both studies have it.
    expect(labels.filter((label) => label === 'GRPO')).toHaveLength(1);
    await comparison.read();
    expect(asked).toHaveLength(2);
  });

  it('can be stopped while it reads: what is there is shown, and the rest comes on demand', async () => {
    let release = (): void => undefined;
    gates.set('distillation', new Promise((resolve) => (release = resolve)));
    const comparison = comparisonOf('no-training', 'distillation');
    const reading = comparison.read();
    await vi.waitFor(() => expect(asked).toContain('distillation'));
    comparison.stop();
    await reading;
    expect([comparison.isReading, comparison.isGathered]).toEqual([false, true]);
    expect(comparison.done).toBeLessThan(comparison.total);
    const before = comparison.methods.map(({ label }) => label);
    expect(before).not.toContain('SFT on the teacher');
    release();
    await comparison.read();
    expect(comparison.done).toBe(comparison.total);
    const after = comparison.methods.map(({ label }) => label);
    expect(after).toEqual(expect.arrayContaining([...before, 'SFT on the teacher']));
  });

  it('leaves out a group and takes it in again, in plane and table alike', async () => {
    const comparison = comparisonOf('no-training', 'kl');
    await comparison.read();
    const all = comparison.shown.length;
    const ofGroup = comparison.methods.filter(({ group }) => group === 'rl').length;
    expect(ofGroup).toBeGreaterThan(3);
    comparison.toggle('rl');
    expect(comparison.shown).toHaveLength(all - ofGroup);
    expect(comparison.shown.map(({ group }) => group)).not.toContain('rl');
    comparison.toggle('rl');
    expect(comparison.shown).toHaveLength(all);
  });
});
