import { exactSuccess, enumerateAcceptSets } from '../../../src/evaluation/exact.ts';
import { drawProblems } from '../../../src/experiments/trainingProblems.ts';
import { initialParameters } from '../../../src/policy/initialise.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import type { Payer } from '../../../src/rl/payer.ts';
import { trainingStep } from '../../../src/rl/step.ts';
import { VERIFIERS } from '../../../src/rl/verifiers.ts';
import { parseBaseEntry } from '../../../src/run/baseEntry.ts';
import { parseBase } from '../../../src/run/bases.ts';
import { createTask, splitProblems } from '../../../src/tasks/registry.ts';
import { BENCH_TASK, benchSettings } from '../plan.ts';
import type { Answer, Call, Contestant, Opening, Setup, StepTiming } from '../protocol.ts';
import { openCompetitor, type Competitor } from './engines.ts';
import { installProbe, probe } from './probe.ts';

/** One engine on one thread: makes policies and takes the product's own training steps on request. */

/** Not the page's folder: a worker's addresses are relative to its script. */
const BASES = new URL('/bases/', location.origin);

const task = await createTask(BENCH_TASK);

installProbe();
let competitor: Competitor | null = null;
let setup: Setup | null = null;
let policy: Policy | null = null;
let stepsTaken = 0;
/** Milliseconds in each verb since the step began. */
const verbMs = { sample: 0, score: 0, update: 0 };

async function read(file: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(file, BASES));
  if (!response.ok) throw new Error(`bases/${file}: HTTP ${response.status}`);
  return response.arrayBuffer();
}

async function loadBase(): Promise<{ splitSeed: number; parameters: Float32Array }> {
  const text = new TextDecoder().decode(await read(`${task.name}.json`));
  const entry = parseBaseEntry(task.name, text);
  const parameters = await parseBase(entry, new Uint8Array(await read(entry.file)));
  return { splitSeed: entry.splitSeed, parameters };
}

/** The policy with its verbs timed. */
function timed(inner: Policy): Policy {
  const time =
    <Request, Result>(verb: keyof typeof verbMs, run: (request: Request) => Promise<Result>) =>
    async (request: Request): Promise<Result> => {
      const started = performance.now();
      const result = await run(request);
      verbMs[verb] += performance.now() - started;
      return result;
    };
  return {
    ...inner,
    sample: time('sample', (request: Parameters<Policy['sample']>[0]) => inner.sample(request)),
    score: time('score', (request: Parameters<Policy['score']>[0]) => inner.score(request)),
    update: time('update', (request: Parameters<Policy['update']>[0]) => inner.update(request)),
  };
}

const base = loadBase();

const coin: Payer = {
  pay: async ({ verdicts, groupSize, random }) =>
    VERIFIERS.random.accepts({ verdicts, groupSize, random, responses: [] }).map(Number),
  snapshot: async () => null,
  dispose: () => undefined,
};

async function step(): Promise<StepTiming> {
  if (!setup || !policy || !competitor) throw new Error('no policy is open');
  const { splitSeed } = await base;
  const split = splitProblems(task, splitSeed);
  const settings = benchSettings(setup);
  const index = ++stepsTaken;
  const problems = drawProblems(split, settings, index);
  Object.assign(verbMs, { sample: 0, score: 0, update: 0 });
  Object.assign(probe, { draws: 0, waitedMs: 0 });
  competitor.resetStats();
  const started = performance.now();
  const { drawn, metrics } = await trainingStep({
    policy,
    reference: policy,
    task,
    problems,
    settings,
    seed: settings.seed,
    step: index,
    train: true,
    measureKl: false,
    ...(setup.pays === 'coin' ? { payer: coin } : {}),
  });
  const ms = performance.now() - started;
  if (drawn.outcomes.length !== setup.rollouts)
    throw new Error(`${drawn.outcomes.length} rollouts, expected ${setup.rollouts}`);
  const { sample, update } = verbMs;
  const submitMs = competitor.stats?.().submitMs ?? sample + update - probe.waitedMs;
  return {
    ms,
    rolloutMs: sample,
    updateMs: update,
    restMs: ms - sample - update,
    draws: competitor.usesWebgl ? probe.draws : null,
    submitMs: competitor.usesWebgl ? submitMs : null,
    reward: metrics.reward,
    mixed: 1 - metrics.frac_reward_zero_std,
    answerLength: metrics['completions/mean_length'],
  };
}

const methods = {
  async open(next: Setup): Promise<Opening> {
    const { parameters } = await base;
    policy?.dispose();
    setup = next;
    stepsTaken = 0;
    const started = performance.now();
    competitor!.resetStats();
    const initial = next.base === 'shipped' ? parameters : initialParameters(next.shape, 1);
    policy = timed(await competitor!.engine.createPolicy(next.shape, initial));
    const compileMs = competitor!.stats?.().compileMs ?? null;
    await step();
    return {
      firstStepMs: performance.now() - started,
      compileMs,
      device: competitor!.engine.device,
    };
  },
  step,
  async evaluate(count: number): Promise<number> {
    const { heldOut } = splitProblems(task, (await base).splitSeed);
    const sets = enumerateAcceptSets(task, setup!.shape, heldOut.slice(0, count));
    const started = performance.now();
    await exactSuccess(policy!, sets, 1);
    return performance.now() - started;
  },
  rates: () => competitor!.measureRates(),
  bytes: async () => competitor!.engine.memory().bytes,
} satisfies Omit<Contestant, 'close'>;

self.onmessage = async ({ data }: MessageEvent<Call>) => {
  let answer: Answer;
  try {
    competitor ??= await openCompetitor(data.engine);
    const method = methods[data.method] as (argument: unknown) => Promise<unknown>;
    answer = { id: data.id, result: await method(data.argument) };
  } catch (error) {
    answer = { id: data.id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};
self.postMessage('listening');
