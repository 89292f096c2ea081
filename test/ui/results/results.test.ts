import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromResultsWorker, Job } from '../../../src/results/jobs.ts';
import { doJob } from '../../../src/results/jobs.ts';
import { ResultsError } from '../../../src/results/results.ts';
import { unlikeMeasures } from '../../../src/ui/results/unlike.ts';
import { Results, scopeOfSet, type Scope } from '../../../src/ui/results/results.svelte.ts';

/** Workers that do a job when a test lets them. */
let waiting: (() => void)[];
let ended: number;
class LateWorker {
  onmessage: ((event: { data: FromResultsWorker }) => void) | null = null;
  #isOver = false;
  postMessage(job: Job): void {
    const tell = (data: FromResultsWorker): void => {
      if (!this.#isOver) this.onmessage?.({ data });
    };
    waiting.push(() => {
      void doJob(job, () => undefined).then(
        (result) => tell({ kind: 'done', result }),
        (error: Error) => {
          const { format, choices } = error instanceof ResultsError ? error : {};
          tell({
            ...{ kind: 'failed', problem: error.message },
            ...(format === undefined ? {} : { format, choices: choices ?? [] }),
          });
        },
      );
    });
  }
  terminate(): void {
    this.#isOver = true;
    ended++;
  }
}
beforeEach(() => {
  [waiting, ended] = [[], 0];
  vi.stubGlobal('Worker', LateWorker);
});
afterEach(() => void vi.unstubAllGlobals());

const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));
/** Lets workers do what they were asked, and what comes of that, until nothing is left. */
async function work(): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await settle();
    waiting.splice(0).forEach((go) => go());
  }
}
const file = (name: string, text: string) => ({ name, blob: new Blob([text]) });
const PAIR = 'problem,n,base_correct,rl_correct\na,4,1,4\nb,4,2,4\nc,4,0,0\nd,4,4,0\n';
const told = (results: Results) =>
  results.outcome!.analysis.comparisons.map(({ base, trained }) => `${base} ${trained}`);

describe('the results of a reader', () => {
  it('are read one after another, and told once all are', async () => {
    const results = new Results();
    void results.given.add([file('a.csv', PAIR), file('b.csv', PAIR.replaceAll('rl', 'ppo'))]);
    await settle();
    expect(waiting).toHaveLength(1);
    expect(results.given.isReading).toBe(true);
    await work();
    expect(told(results)).toEqual(['base rl', 'base base (2)', 'base ppo']);
    expect([results.isStale, results.work.kind]).toEqual([false, 'none']);
  });

  it('keep their base under another name, and by what was chosen', async () => {
    const results = new Results();
    void results.given.add([file('a.csv', PAIR)]);
    await work();
    const { id } = results.given.list[0]!;
    results.chooseBase('rl');
    results.rename({ id, model: 1 }, 'after');
    results.rename({ id, model: 0 }, ' ');
    await work();
    expect(told(results)).toEqual(['after base']);
    expect(results.baseBy).toBe('choice');
  });

  it('of before are stale until the new ones are told, also where these are cancelled', async () => {
    const results = new Results();
    void results.given.add([file('a.csv', PAIR)]);
    await work();
    results.chooseBase('rl');
    expect(results.isStale).toBe(true);
    await settle();
    results.cancel();
    await work();
    expect([results.isStale, results.work.kind, ended]).toEqual([true, 'cancelled', 1]);
    expect(told(results)).toEqual(['base rl']);
    void results.analyse();
    await work();
    expect([results.isStale, told(results)]).toEqual([false, ['rl base']]);
  });

  it('are corrected twice before the first is read: both hold', async () => {
    const results = new Results();
    const text = 'id,n,k,right,wrong\na,4,8,1,3\nb,4,8,2,2\n';
    void results.given.add([file('mine.csv', text)]);
    await work();
    const { id } = results.given.list[0]!;
    void results.given.correct(id, { format: 'counts', choices: { correct: 'right' } });
    const { asked } = results.given.list[0]!;
    void results.given.correct(id, {
      ...{ format: 'counts', choices: { ...asked.choices, n: 'k' } },
    });
    await work();
    const { reading, problem } = results.given.list[0]!;
    expect(problem).toBe(null);
    expect([...reading!.models[0]!.problems.values()]).toEqual([
      { n: 8, c: 1 },
      { n: 8, c: 2 },
    ]);
  });

  it('that cannot be read say why, with what can be chosen; a later correction mends them', async () => {
    const results = new Results();
    void results.given.add([file('bad.csv', 'problem,n,correct\na,4,5\n')]);
    await work();
    const [given] = results.given.list;
    expect(given!.problem).toContain('line 2');
    expect([results.models.length, results.outcome]).toEqual([0, null]);
    void results.given.correct(given!.id, { format: 'counts', choices: { n: 'correct' } });
    await work();
    expect(results.given.list[0]!.problem).toBe(null);
    expect(results.models[0]!.problems.get('a')).toEqual({ n: 5, c: 5 });
  });

  it('leave problems out as long as every model has some left', async () => {
    const results = new Results();
    void results.given.add([
      file('base.csv', 'problem,n,correct\na,4,1\nb,16,2\n'),
      file('rl.csv', 'problem,n,correct\na,16,1\nb,16,2\n'),
    ]);
    await work();
    expect(results.ns).toEqual([4, 16]);
    results.chooseLeastN(16);
    await work();
    expect(results.outcome!.analysis.comparisons[0]!.joined).toBe(1);
    void results.given.add([file('small.csv', 'problem,n,correct\na,4,1\n')]);
    await work();
    expect(results.leastN).toBe(1);
    expect(results.outcome!.analysis.comparisons).toHaveLength(2);
  });

  it('are gone when they are removed while they are read', async () => {
    const results = new Results();
    void results.given.add([file('a.csv', PAIR), file('b.csv', PAIR)]);
    await settle();
    results.given.remove(results.given.list[0]!.id);
    results.given.cancel(results.given.list[0]!.id);
    await work();
    expect([results.given.list, results.outcome, results.work.kind]).toEqual([[], null, 'none']);
  });

  it('read by different measures are told so', async () => {
    const results = new Results();
    const dump = (values: readonly number[]): string =>
      values
        .map((score, i) => JSON.stringify({ input: `p${i}`, output: '', score, acc: score > 0.5 }))
        .join('\n');
    void results.given.add([file('0.jsonl', dump([0.1, 1])), file('9.jsonl', dump([1, 1]))]);
    await work();
    expect(unlikeMeasures(results.given.list)).toEqual([]);
    const { id } = results.given.list[1]!;
    void results.given.correct(id, { format: 'verl', choices: { verdict: 'score' } });
    await work();
    expect(unlikeMeasures(results.given.list)[0]).toMatchObject({ values: ['acc', 'score'] });
  });

  describe('of folders', () => {
    const ONE = 'problem,n,correct\na,4,1\n';
    const names = (results: Results) =>
      results.models.map(({ name, problems }) => `${name} ${problems.get('a')!.n}`);
    const drop = async (results: Results, ...paths: string[]) => {
      void results.given.add(paths.map((path) => file(path, ONE)));
      await work();
    };
    const call = (results: Results, index: number, name: string) =>
      results.rename({ id: results.given.list[index]!.id, model: 0 }, name);

    it('are called by these, but for what the reader has called otherwise', async () => {
      const results = new Results();
      await drop(results, 'runs/base/math.csv', 'runs/grpo/math.csv');
      expect([names(results), results.base]).toEqual([['base 4', 'grpo 4'], 'base']);
      call(results, 1, 'trained');
      await drop(results, 'runs/ppo/math.csv', 'math.csv');
      expect(names(results)).toEqual(['base 4', 'trained 4', 'ppo 4', 'math 4']);
    });

    it('are called by these where they come one after another', async () => {
      const results = new Results();
      await drop(results, 'base/math.csv');
      expect(names(results)).toEqual(['math 4']);
      await drop(results, 'rl/math.csv');
      expect([names(results), results.base]).toEqual([['base 4', 'rl 4'], 'base']);
    });

    it('keep their names when others are taken away, renamed or given', async () => {
      const results = new Results();
      await drop(results, 'first.csv');
      await drop(results, 'runs/base/m.csv', 'runs/grpo/m.csv');
      results.given.remove(results.given.list[2]!.id);
      await drop(results, 'x.csv');
      expect([names(results), results.base]).toEqual([['first 4', 'base 4', 'x 4'], 'base']);
    });

    it('stay one model that the reader has made one by its name', async () => {
      const results = new Results();
      await drop(results, 'base/m.csv', 'base/old/m.csv', 'rl/m.csv');
      call(results, 1, results.given.list[0]!.names[0]!);
      const before = names(results);
      expect(before[0]).toMatch(/ 8$/);
      await drop(results, 'x.csv', 'ppo/m.csv');
      expect(names(results)).toEqual([...before, 'x 4', 'ppo 4']);
    });

    it('stay one model with a loose file that is called as they are', async () => {
      const results = new Results();
      await drop(results, 'base/m.csv');
      await drop(results, 'x.csv');
      call(results, 1, 'm');
      await drop(results, 'rl/m.csv');
      expect(names(results)).toEqual(['m 8', 'rl 4']);
    });

    it('that are called alike are offered to be added up within a folder only', async () => {
      const results = new Results();
      await drop(results, 'a/results (2)/m.csv', 'a/results/m.csv');
      expect([names(results), results.alike]).toEqual([['results (2) 4', 'results 4'], []]);
    });

    it('whose names differ by a seed alone are offered to be added up, and renamed as one', async () => {
      const results = new Results();
      await drop(results, 'base/seed0/m.csv', 'base/seed1/m.csv', 'rl_seed0.csv', 'rl_seed1.csv');
      expect(results.alike.map(({ name, of }) => [name, of.length])).toEqual([
        ['m', 2],
        ['rl', 2],
      ]);
      for (const group of results.alike) results.addUp(group);
      expect([names(results), results.alike]).toEqual([['m 8', 'rl 8'], []]);
      results.chooseBase('m');
      results.renameModel('m', 'before');
      expect([names(results), results.base]).toEqual([['before 8', 'rl 8'], 'before']);
    });

    it('keep the names by which they were told apart from one another', async () => {
      const results = new Results();
      const repeat = async (path: string) => {
        void results.given.add([file(path, JSON.stringify({ id: 'a', symbolic_correct: true }))]);
        await work();
      };
      const called = () => results.given.list.map(({ names }) => names[0]);
      await repeat('base/aime-rs0.jsonl');
      await repeat('base/aime-rs1.jsonl');
      expect(called()).toEqual(['aime', 'aime (2)']);
      await repeat('rl/aime-rs0.jsonl');
      expect(called()).toEqual(['aime', 'aime (2)', 'rl']);
      expect(results.alike).toMatchObject([{ name: 'aime', of: [{}, {}] }]);
    });

    it('are called as the parts that are there already, whatever these are called meanwhile', async () => {
      const results = new Results();
      const seeds = ['a/x-rs0.jsonl', 'a/x-rs1.jsonl', 'a/y-rs0.jsonl'];
      void results.given.add(
        seeds.map((path) => file(path, JSON.stringify({ id: 'a', symbolic_correct: true }))),
      );
      await settle();
      waiting.splice(0).forEach((go) => go());
      await settle();
      await settle();
      expect(names(results)).toEqual(['x 1']);
      results.renameModel('x', 'y');
      await work();
      expect(results.given.list.map(({ names }) => names[0])).toEqual(['y', 'y', 'y (2)']);
    });

    it('have the base that was chosen as long as a part of it is there', async () => {
      const results = new Results();
      await drop(results, 'first.csv', 'rl.csv', 'more.csv');
      call(results, 2, 'rl');
      results.chooseBase('rl');
      results.given.remove(results.given.list[1]!.id);
      expect([results.base, results.baseBy]).toEqual(['rl', 'choice']);
      results.given.remove(results.given.list[1]!.id);
      expect([results.base, results.baseBy]).toEqual(['first', 'order']);
    });

    it('have no other model as the base where the one that was chosen is read as others', async () => {
      const results = new Results();
      const text = 'problem,n,correct,who,by\na,4,1,old,x\nb,4,2,new,y\n';
      void results.given.add([file('m.csv', text)]);
      await work();
      const { id } = results.given.list[0]!;
      const readAs = async (model: string) => {
        void results.given.correct(id, { format: 'counts', choices: { model } });
        await work();
      };
      await readAs('who');
      results.chooseBase('new');
      await readAs('by');
      expect([results.base, results.baseBy]).toEqual(['x', 'order']);
    });

    it('are renamed without that being a choice of the base, where there is nothing to choose', async () => {
      const results = new Results();
      await drop(results, 'rl/m.csv');
      call(results, 0, 'my rl');
      await drop(results, 'base/m.csv');
      expect(names(results)).toEqual(['my rl 4', 'base 4']);
      expect([results.base, results.baseBy]).toEqual(['base', 'name']);
    });

    it('are not added up to another model of that name', async () => {
      const results = new Results();
      await drop(results, 'rl.csv', 'rl_seed0.csv', 'rl_seed1.csv');
      const seeds = results.given.list.slice(1);
      results.addUp({ name: 'rl', of: seeds });
      expect(names(results)).toEqual(['rl 4', 'rl (2) 8']);
    });

    it('with the same verdicts are told of when they are added up', async () => {
      const results = new Results();
      const table = (from: number): string =>
        `problem,n,correct\n${Array.from({ length: 40 }, (_, i) => `p${i},1,${(i >> from) & 1}`).join('\n')}`;
      void results.given.add([
        file('a.csv', table(0)),
        file('b.csv', table(1)),
        file('c.csv', table(0)),
      ]);
      await work();
      for (const index of [0, 1]) call(results, index, 'x');
      expect(results.addedUp).toMatchObject([{ shared: 40, same: null }]);
      call(results, 2, 'x');
      expect(results.addedUp).toMatchObject([{ shared: 40, same: ['a.csv', 'c.csv'] }]);
    });

    it('keep their name where the reader leaves none', async () => {
      const results = new Results();
      await drop(results, 'runs/base/m.csv');
      call(results, 0, ' ');
      await drop(results, 'runs/grpo/m.csv');
      expect(names(results)).toEqual(['base 4', 'grpo 4']);
    });
  });

  describe('of several sets of problems', () => {
    const counts = (c: string) =>
      `problem,n,correct\n${[...c].map((c, i) => `${i},4,${c}`).join('\n')}`;
    const FILES = [
      file('runs/base/aime24.csv', counts('1120')),
      file('runs/base/math500.csv', counts('012340')),
      file('runs/rl/aime24.csv', counts('4400')),
      file('runs/rl/math500.csv', counts('044440')),
    ] as const;
    async function given(files: readonly ReturnType<typeof file>[] = FILES): Promise<Results> {
      const results = new Results();
      void results.given.add(files);
      await work();
      return results;
    }
    async function choose(results: Results, scope: Scope) {
      results.chooseScope(scope);
      await work();
    }
    const joined = (results: Results) =>
      results.outcome!.analysis.comparisons.map(({ joined }) => joined);

    it('are compared on one at a time by the same names, though the numbers of their problems are the same', async () => {
      const results = await given();
      expect(results.sets.map(({ name }) => name)).toEqual(['aime24', 'math500']);
      expect([told(results), joined(results)]).toEqual([['base rl'], [4]]);
      await choose(results, scopeOfSet('math500'));
      expect([told(results), joined(results)]).toEqual([['base rl'], [6]]);
      expect(results.addedUp).toEqual([]);
    });

    it('are pooled, or are one, where the reader says so', async () => {
      const results = await given();
      await choose(results, 'pooled');
      expect([told(results), joined(results)]).toEqual([['base rl'], [10]]);
      // (1 + 1 + 2) of 16, and 10 of 24.
      expect(results.outcome!.analysis.models[0]!.passAt[0]).toBeCloseTo(14 / 40, 12);
      await choose(results, 'one');
      expect([told(results), joined(results)]).toEqual([['base rl'], [6]]);
      expect(results.addedUp.map(({ shared }) => shared)).toEqual([4, 4]);
      await choose(results, scopeOfSet('aime24'));
      expect(joined(results)).toEqual([4]);
    });

    it('come one after another and have the names that those have which are there', async () => {
      const results = await given(FILES.slice(0, 2));
      void results.given.add(FILES.slice(2));
      await work();
      expect(results.given.list.flatMap(({ names }) => names)).toEqual([
        'base',
        'base',
        'rl',
        'rl',
      ]);
    });

    it('have the base that was chosen in all of them, and it stays that under another name', async () => {
      const results = await given();
      results.chooseBase('rl');
      await choose(results, scopeOfSet('math500'));
      expect([told(results), results.baseBy]).toEqual([['rl base'], 'choice']);
      results.chooseBase('base');
      results.chooseBase('rl');
      const [inAime, inMath] = results.given.list.filter(({ names }) => names[0] === 'rl');
      results.rename({ id: inAime!.id, model: 0 }, 'grpo');
      await work();
      expect(told(results)).toEqual(['rl base']);
      results.rename({ id: inMath!.id, model: 0 }, 'after');
      await work();
      expect(told(results)).toEqual(['after base']);
    });

    it('have the base of the others where its name says so, and it is told where it lacks', async () => {
      const more = [
        file('runs/base-grpo/aime24.csv', counts('4400')),
        file('runs/base-ppo/aime24.csv', counts('4440')),
        file('runs/base-grpo/math500.csv', counts('044440')),
        file('runs/base-ppo/math500.csv', counts('044444')),
      ];
      const results = await given([...more, FILES[1]]);
      expect([results.base, results.lacking]).toEqual(['base-grpo', 'base']);
      await choose(results, scopeOfSet('math500'));
      expect([results.base, results.lacking]).toEqual(['base', null]);
    });

    it('show first what can be compared, and the example last', async () => {
      const [base, math, rl] = FILES;
      const results = await given([math, base, rl]);
      expect([told(results), joined(results)]).toEqual([['base rl'], [4]]);
      results.put('the example', results.models);
      await work();
      expect(results.sets.map(({ name }) => name)).toEqual(['math500', 'aime24', 'the example']);
      expect(joined(results)).toEqual([4]);
    });

    it('have each a least n of its own, and what was chosen goes with the last file', async () => {
      const [base, math, rl, other] = FILES;
      const longer = (text: string) => new Blob([`${text}\n9,8,1`]);
      const results = await given([
        ...[base, rl],
        { ...math, blob: longer(counts('012340')) },
        { ...other, blob: longer(counts('044440')) },
      ]);
      await choose(results, scopeOfSet('math500'));
      results.chooseLeastN(8);
      await work();
      expect(joined(results)).toEqual([1]);
      await choose(results, scopeOfSet('aime24'));
      await choose(results, scopeOfSet('math500'));
      expect(joined(results)).toEqual([7]);
      await choose(results, 'one');
      results.given.list.forEach(({ id }) => results.given.remove(id));
      await work();
      void results.given.add(FILES);
      await work();
      expect([results.scope, joined(results)]).toEqual([scopeOfSet('aime24'), [4]]);
    });
  });

  it('of runs that are called alike are added up when the reader says so', async () => {
    const results = new Results();
    const run = (right: string): string =>
      ['p0', 'p1']
        .map((doc_id) =>
          JSON.stringify({
            doc_id,
            filter: 'none',
            metrics: ['acc'],
            acc: doc_id === right ? 1 : 0,
            resps: [['x']],
            filtered_resps: ['x'],
          }),
        )
        .join('\n');
    const named = (day: number): string => `samples_gsm8k_2026-01-0${day}T10-00-00.000000.jsonl`;
    void results.given.add([
      file(named(1), run('p0')),
      file(named(2), run('p0')),
      file(named(3), run('p1')),
    ]);
    await work();
    expect(results.models.map(({ name }) => name)).toEqual(['gsm8k', 'gsm8k (2)', 'gsm8k (3)']);
    expect(results.alike).toMatchObject([{ name: 'gsm8k', of: [{}, {}, {}] }]);
    results.addUp(results.alike[0]!);
    await work();
    expect([...results.models[0]!.problems]).toEqual([
      ['p0', { n: 3, c: 2 }],
      ['p1', { n: 3, c: 1 }],
    ]);
    expect([results.models.length, results.alike.length]).toEqual([1, 0]);
    expect(results.addedUp[0]).toMatchObject({ files: [named(1), named(2), named(3)], shared: 2 });
  });
});
