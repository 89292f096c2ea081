import { EVALUATED, type Plan } from './plan.ts';
import type { Contestant, EngineName, Opening, Setup, StepTiming } from './protocol.ts';
import { parameterCount } from '../../src/policy/shape.ts';
import { quantile, spreadOf, type Spread } from './spread.ts';

/** What others are compared with. */
export type Yardstick = 'reference' | 'pytorch';

/** One engine at one setup. Times in milliseconds; a name that ends in `Ms` is a median over rounds. */
export interface Measured {
  engine: EngineName;
  width: number;
  parameters: number;
  responseLength: number;
  rollouts: number;
  pays: Setup['pays'];
  medianMs: number;
  step: Spread;
  /**
   * How many times as fast as each of these, the median over rounds of ratios within a round, so that a slow minute falls
   * out; null where it took no part.
   */
  timesAsFast: Record<Yardstick, number | null>;
  rolloutMs: number;
  updateMs: number;
  restMs: number;
  /** Exact evaluation of {@link EVALUATED} problems; null where it was not asked for. */
  evaluateMs: number | null;
  draws: number | null;
  submitMs: number | null;
  firstStepMs: number;
  compileMs: number | null;
  bytes: number;
  reward: number;
  mixed: number;
  answerLength: number;
  device: string;
}

export interface Skipped {
  engine: EngineName;
  width: number;
  rollouts: number;
  reason: string;
}

interface Entrant {
  engine: EngineName;
  contestant: Contestant;
  opening: Opening;
  /** Seconds of the warm-up, which decides how many rounds there can be. */
  warmUpS: number;
  turns: StepTiming[][];
  evaluations: number[];
}

/** What the measuring of one setup needs beside the setup. */
export interface Field {
  plan: Plan;
  contestants: ReadonlyMap<EngineName, Contestant>;
  /** Seconds a step of a thousand rollouts times a thousand parameters took each engine last. */
  pace: Map<EngineName, number>;
  say(text: string): void;
}

/**
 * Measures engines at one setup, in rounds: one turn of every engine, and one evaluation, then the next round, so that
 * whatever else the machine does meets all of them. Not counted: making the policy, its first step (reported by itself)
 * and one turn to warm up.
 */
export async function measureSetup(
  field: Field,
  setup: Setup,
  engines: readonly EngineName[],
  evaluating: boolean,
): Promise<{ measured: Measured[]; skipped: Skipped[] }> {
  const { width } = setup.shape;
  const { rollouts } = setup;
  const skipped: Skipped[] = [];
  const entrants: Entrant[] = [];
  const leaveOut = async (engine: EngineName, reason: string): Promise<void> => {
    field.say(`  ${engine}: left out, ${reason}`);
    skipped.push({ engine, width, rollouts, reason });
    await field.contestants
      .get(engine)
      ?.close()
      .catch(() => undefined);
  };
  for (const engine of engines) {
    const contestant = field.contestants.get(engine);
    if (!contestant) continue;
    const expectedS = (field.pace.get(engine) ?? 0) * workOf(setup);
    if (expectedS > field.plan.longestStepS) {
      await leaveOut(engine, `a step is expected to take ${expectedS.toFixed(0)} s`);
      continue;
    }
    try {
      entrants.push(await enter(engine, contestant, setup, evaluating));
    } catch (error) {
      await leaveOut(engine, error instanceof Error ? error.message : String(error));
    }
  }
  for (let round = 0; round < field.plan.repeats; round++)
    for (const entrant of [...entrants])
      if (round < roundsOf(field.plan, entrant))
        try {
          entrant.turns.push(await takeTurn(entrant.contestant));
          if (evaluating) entrant.evaluations.push(await entrant.contestant.evaluate(EVALUATED));
        } catch (error) {
          // One engine's failure must not cost the others their measurements.
          entrants.splice(entrants.indexOf(entrant), 1);
          await leaveOut(entrant.engine, error instanceof Error ? error.message : String(error));
        }
  const measured: Measured[] = [];
  for (const entrant of entrants) {
    const result = await summarise(entrant, setup, entrants);
    field.pace.set(entrant.engine, result.medianMs / 1000 / workOf(setup));
    measured.push(result);
    field.say(`  ${entrant.engine}: ${result.medianMs.toFixed(1)} ms a step`);
  }
  return { measured, skipped };
}

/** To compare setups with: tokens times parameters. */
const workOf = ({ shape, rollouts }: Setup): number =>
  rollouts * (shape.promptLength + shape.responseLength) * parameterCount(shape);

async function enter(
  engine: EngineName,
  contestant: Contestant,
  setup: Setup,
  evaluating: boolean,
): Promise<Entrant> {
  // A thread and a context of its own, so that first steps are first.
  if (engine !== 'pytorch') await contestant.close();
  const opening = await contestant.open(setup);
  const warmUp = await takeTurn(contestant);
  const evaluateMs = evaluating ? await contestant.evaluate(EVALUATED) : 0;
  const warmUpS = (sum(warmUp) + evaluateMs) / 1000;
  return { engine, contestant, opening, warmUpS, turns: [], evaluations: [] };
}

/** A turn has as many steps as take so long, but no more than that. */
const TURN_MS = 300;
const TURN_STEPS = 5;

const sum = (steps: readonly StepTiming[]): number =>
  steps.reduce((total, { ms }) => total + ms, 0);

/**
 * Steps in a row, as in training. A single one that takes 15 ms is a quarter slower right after other programs, whose data
 * is then in the caches. Few, so that no engine is far ahead of the others in what its policy has learned.
 */
async function takeTurn(contestant: Contestant): Promise<StepTiming[]> {
  const steps: StepTiming[] = [];
  while (steps.length === 0 || (steps.length < TURN_STEPS && sum(steps) < TURN_MS))
    steps.push(await contestant.step());
  return steps;
}

function roundsOf({ repeats, budgetS }: Plan, { warmUpS }: Entrant): number {
  return Math.min(repeats, Math.max(2, Math.floor(budgetS / warmUpS)));
}

/** The median over rounds of how many times as long as `of` another engine took; null where it took no step. */
export function medianRatio(of: readonly number[], other: readonly number[]): number | null {
  const ratios = of.slice(0, other.length).map((ms, round) => other[round]! / ms);
  return ratios.length > 0 ? quantile(ratios, 0.5) : null;
}

async function summarise(
  entrant: Entrant,
  { shape, rollouts, pays }: Setup,
  entrants: readonly Entrant[],
): Promise<Measured> {
  const { engine, contestant, opening, turns, evaluations } = entrant;
  const steps = turns.flat();
  const median = (of: (timing: StepTiming) => number): number => quantile(steps.map(of), 0.5);
  const maybe = (of: (timing: StepTiming) => number | null): number | null =>
    of(steps[0]!) === null ? null : median((timing) => of(timing)!);
  const step = spreadOf(steps.map(({ ms }) => ms));
  const turnsMs = (of: Entrant | undefined): number[] =>
    (of?.turns ?? []).map((turn) =>
      quantile(
        turn.map(({ ms }) => ms),
        0.5,
      ),
    );
  const against = (yardstick: Yardstick): number | null =>
    medianRatio(turnsMs(entrant), turnsMs(entrants.find((one) => one.engine === yardstick)));
  return {
    engine,
    width: shape.width,
    parameters: parameterCount(shape),
    responseLength: shape.responseLength,
    rollouts,
    pays,
    medianMs: step.median,
    step,
    timesAsFast: { reference: against('reference'), pytorch: against('pytorch') },
    rolloutMs: median(({ rolloutMs }) => rolloutMs),
    updateMs: median(({ updateMs }) => updateMs),
    restMs: median(({ restMs }) => restMs),
    evaluateMs: evaluations.length > 0 ? quantile(evaluations, 0.5) : null,
    draws: maybe(({ draws }) => draws),
    submitMs: maybe(({ submitMs }) => submitMs),
    firstStepMs: opening.firstStepMs,
    compileMs: opening.compileMs,
    bytes: await contestant.bytes(),
    reward: median(({ reward }) => reward),
    mixed: median(({ mixed }) => mixed),
    answerLength: median(({ answerLength }) => answerLength),
    device: opening.device,
  };
}
