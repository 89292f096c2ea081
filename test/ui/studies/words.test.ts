import { afterEach, describe, expect, it, vi } from 'vitest';
import { GROUPS, STUDIES } from '../../../src/run/studies/catalogue.ts';
import { claimOf } from '../../../src/run/studies/claims.ts';
import { serialiseStudy, type RecordedStudy } from '../../../src/run/studies/recorded.ts';
import type { PaperSpec, Study } from '../../../src/run/studies/study.ts';
import { arxivOf, paperLines } from '../../../src/ui/studies/paperLines.ts';
import { recordedStudy } from '../../../src/ui/studies/recordedStudies.ts';
import { recordedArm, recordedRun } from '../../run/studies/example.ts';

const paper = (measure: string, sign: 1 | -1 | 0): PaperSpec => ({
  ...{ says: 'It does.', source: 'Yue et al. 2025, arXiv 2504.13837', sign },
  ...{ measure, arm: 'grpo', against: 'base' },
});
const study: Study = {
  ...{ name: 'signs', title: 'Signs', question: 'Which?', settings: {}, seeds: [1, 2, 3] },
  arms: [{ id: 'grpo', label: 'GRPO', role: 'now', settings: {} }],
  figure: { kind: 'passAtK' },
  measures: ['pass@1'],
  claims: [{ measure: 'pass@1', arm: 'grpo', against: 'base' }],
  papers: [
    paper('pass@1', 1),
    { ...paper('pass@1', -1), why: 'So it is.' },
    paper('reward', 1),
    { ...paper('entropy', 1), cannot: 'No.' },
    paper('entropy', 0),
  ],
  why: '',
};
// pass@1 rises from 0.3 to 0.5, 0.51 and 0.52: by 0.21 ± 4.303 · 0.01 / √3. The entropies move by −0.5, 0.5 and 0.
const arms = [
  recordedArm(
    'grpo',
    [0.5, 0.51, 0.52].map((p, i) =>
      recordedRun(i + 1, [p, p], { series: { step: [0, 5], entropy: [1, [0.5, 1.5, 1][i]!] } }),
    ),
  ),
];
const recorded: RecordedStudy = {
  ...{ format: 'rlvr-study', version: 1, name: 'signs', command: '', settings: {} },
  versions: { project: '', node: '', bases: {} },
  ...{ seeds: [1, 2, 3], arms, claims: study.claims.map((claim) => claimOf(claim, arms)) },
};

describe('what papers report, beside the toy', () => {
  it('has the sign there and here, in signs and words, and says where they differ', () => {
    const told = paperLines(study, recorded).map(({ there, here, size, verdict, reason }) => [
      ...[there, here, size, verdict, reason],
    ]);
    expect(told).toEqual([
      ['+', '+', 'pass@1: +0.210 ± 0.025', 'same sign', ''],
      ['−', '+', 'pass@1: +0.210 ± 0.025', 'differs', 'So it is.'],
      ['+', 'no number', '', 'not told apart', ''],
      ['+', 'no difference', 'entropy (nats a token): 0.000 ± 1.242', 'cannot be told here', 'No.'],
      ['no difference', 'no difference', 'entropy (nats a token): 0.000 ± 1.242', 'same sign', ''],
    ]);
  });

  it('links to the paper where its source names one', () => {
    expect(arxivOf('Yue et al. 2025, arXiv 2504.13837, figure 2')).toBe(
      'https://arxiv.org/abs/2504.13837',
    );
    expect(arxivOf('Shumailov et al. 2024')).toBeNull();
  });
});

describe('a recorded study', () => {
  afterEach(() => vi.unstubAllGlobals());
  const served = (name: string, answer: () => Promise<Response>) => {
    const fetched: string[] = [];
    vi.stubGlobal('document', {
      baseURI: 'https://example.org/some/where/',
      querySelector: () => null,
    });
    vi.stubGlobal('fetch', (url: URL) => {
      fetched.push(url.href);
      return answer();
    });
    return { fetched, read: () => recordedStudy({ ...study, name }) };
  };
  const file =
    (name: string, change: Partial<RecordedStudy> = {}) =>
    () =>
      Promise.resolve(new Response(serialiseStudy({ ...recorded, name, ...change })));

  it('is fetched beside the page, once', async () => {
    const { fetched, read } = served('once', file('once'));
    expect((await read()).claims).toEqual(recorded.claims);
    await read();
    expect(fetched).toEqual(['https://example.org/some/where/runs/studies/once.json']);
  });

  it.each([
    [
      'absent',
      () => Promise.resolve(new Response('', { status: 404 })),
      "The recorded study 'absent' could not be fetched: HTTP 404",
    ],
    [
      'offline',
      () => Promise.reject(new TypeError('Failed to fetch')),
      "The recorded study 'offline' could not be fetched: there is no connection",
    ],
    [
      'broken',
      () => Promise.resolve(new Response('{"format"')),
      "the recorded study 'broken' cannot be read: it is not JSON",
    ],
    [
      'stale',
      file('stale', { arms: [{ ...arms[0]!, id: 'ppo' }] }),
      "the recorded study 'stale' is out of date: its arms are ppo, expected grpo",
    ],
    [
      'short',
      file('short', { claims: [] }),
      "the recorded study 'short' is out of date: it has 0 claims, expected 1",
    ],
  ])('that is %s is named with what was wrong', async (name, answer, message) => {
    const { fetched, read } = served(name, answer);
    await expect(read()).rejects.toThrow(message);
    // It is asked for again the next time.
    await expect(read()).rejects.toThrow(message);
    expect(fetched).toHaveLength(2);
  });
});

it('every study stands in one group, under a name that an address can have', () => {
  const names = GROUPS.flatMap(({ studies }) => studies.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(STUDIES.map(({ name }) => name)).toEqual(names);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
