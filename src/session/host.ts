import { steadyClock } from '../core/steadyClock.ts';
import { EvaluationCancelledError } from '../experiments/evaluationProgress.ts';
import { startExperiment } from '../experiments/startExperiment.ts';
import type { Checkpoint } from '../experiments/train.ts';
import { EngineLostError, LeftOffError, type Engine } from '../policy/policy.ts';
import { baseName } from '../run/bases.ts';
import { asksTeacher, type Start } from '../run/start.ts';
import type { RunSettings } from '../run/table.ts';
import { pretrainSettings, taskName, trainSettings } from '../run/trainSettings.ts';
import { createAsks } from './asks.ts';
import {
  beginningOf,
  createRun,
  keepPlace,
  momentOf,
  requireProblems,
  type Base,
  type CurrentRun,
} from './currentRun.ts';
import { createEngineOfRun } from './engineOfRun.ts';
import { ENGINE_MAKERS, type EngineMakers } from './engineMakers.ts';
import { isMissingPart } from './missingPart.ts';
import { createPace } from './pace.ts';
import type { Load, Progress, SessionCommand, SessionEvent, SessionState } from './protocol.ts';
import { createReport } from './report.ts';
import { secondsOfAnswers } from './firstAnswers.ts';
import { loadStart, pretrainStart, yieldToMessages } from './start.ts';
import { lossNotice, MOST_LOSSES, type Loss } from './survive.ts';
import { createTimeLeft } from './timeLeft.ts';

/** Never the number of a run, so that every run is outdated. */
const NO_RUN = -1;

/** Milliseconds from one word on an evaluation to the next; what is over sooner needs none. */
const TELL_EVERY_MS = 200;

/** Milliseconds of a long step from one look at what has been asked for to the next. */
const HEAR_EVERY_MS = 100;

const restoring = (step: number): Progress => ({
  label: `restoring from step ${step}`,
  ...{ done: 0, total: 1 },
});

/**
 * Runs a session: takes commands, computes, posts events. It is the same in a worker and in the page.
 *
 * All computing happens in one chain of promises, so that no two steps ever overlap; a command only says what is
 * wanted next. A new `load` outdates the run before it, which stops at its next step.
 */
export function createHost(
  post: (event: SessionEvent) => void,
  makers: EngineMakers = ENGINE_MAKERS,
): (command: SessionCommand) => void {
  const now = steadyClock();
  let chain: Promise<void> = Promise.resolve();
  let run = NO_RUN;
  let wanted: 'play' | 'pause' = 'pause';
  let singleSteps = 0;
  /** Whether the evaluation that is under way is to be left off. */
  let cancels = false;

  /** Kept between runs under what they depend on, so that Reset costs no download, no pretraining. */
  let loaded: { key: string; start: Start } | null = null;
  let pretrained: { key: string; start: Start } | null = null;
  /** What the rows of the present run are computed on. */
  let computing: Engine | null = null;

  let current: CurrentRun | null = null;
  /** The run before it with its number, for a reader who wants it back. */
  let left: { run: number; of: CurrentRun } | null = null;
  /** The number of the current one. */
  let currentNumber = NO_RUN;
  /** Play stops after this step. */
  let until = Infinity;
  /** When the page was last told of an evaluation, or the step began that it is a part of. */
  let toldAt = -Infinity;
  let timeLeft = createTimeLeft(now);
  let heardAt = -Infinity;
  let state: SessionState = 'loading';

  const setState = (next: SessionState): void => {
    state = next;
    post({ kind: 'state', run, state });
  };
  const report = createReport((progress) => post({ kind: 'progress', run, progress }));
  /** Lets commands be heard between the parts of a long step, and leaves it off where they begin another run. */
  const between = async (): Promise<void> => {
    if (now() - heardAt < HEAR_EVERY_MS) return;
    const thisRun = run;
    await yieldToMessages();
    heardAt = now();
    if (thisRun !== run) throw new LeftOffError('another run has begun');
  };
  const engineOfRun = createEngineOfRun(
    {
      report,
      serves({ engine: { kind, device }, reason }, replaced) {
        post({ kind: 'engine', run, engine: { kind, device, reason } });
        if (replaced)
          post({ kind: 'notice', run, about: 'loss', message: lossNotice(replaced, device) });
      },
    },
    between,
    makers,
  );
  const fail = (error: unknown): void => {
    if (error instanceof EngineLostError) engineOfRun.drop();
    wanted = 'pause';
    singleSteps = 0;
    report(null);
    const message = error instanceof Error ? error.message : String(error);
    // A browser may go on to say so of a file that is there again, as long as this thread lives.
    if (isMissingPart(error))
      post({
        ...{ kind: 'failure', run, isFatal: true },
        message: `a part of the engine could not be loaded (${message})`,
      });
    else post({ kind: 'failure', run, message });
    setState('failed');
  };

  const asks = createAsks({
    post,
    run: () => run,
    async moment(at, attend) {
      if (!current) throw new RangeError('the run is not ready yet');
      const { settings, start } = current;
      const engine = engineOfRun.engine ?? (await engineOfRun.for(settings, start));
      return momentOf(current, attend(engine), at);
    },
    lose: engineOfRun.drop,
  });

  const pace = createPace(now, asks.answer);

  async function load(command: Load): Promise<void> {
    const outdated = (): boolean => command.run !== run;
    if (outdated()) return;
    const { settings } = command;
    const parent = command.kind === 'back' ? leftRun(command.of) : current;
    if (command.kind === 'load' || command.kind === 'back') await leave();
    await current?.rows.return();
    current = null;
    engineOfRun.beginAnew();
    try {
      const branch = beginningOf(command, parent);
      const start = await startFor(command, branch?.base ?? null, outdated);
      if (!start || outdated()) return;
      const training = async (checkpoint: Checkpoint | null) => {
        const opened = await openTraining(start, settings, checkpoint);
        if (command.kind === 'open') requireProblems(command.heldOut, opened.problems.heldOut);
        return opened;
      };
      current = createRun(start, settings, branch, training, noticeLoss);
      currentNumber = command.run;
      if (branch) tellCheckpoints();
      else {
        report({ label: 'evaluating the base', done: 0, total: 1 });
        if (!(await nextRow(outdated))) return;
      }
      // Of a run that goes on, no row comes that would end the last word on what was prepared.
      report(null);
      setState(current.step >= settings.steps ? 'finished' : 'paused');
    } catch (error) {
      if (!outdated()) fail(error);
    }
  }

  /** The run that was left last; it is still in place where nothing has been loaded since. */
  function leftRun(number: number): CurrentRun | null {
    if (current && number === currentNumber) return current;
    return left?.run === number ? left.of : null;
  }

  /** One that has not trained leaves nothing, and what was left before it stays. */
  async function leave(): Promise<void> {
    if (!current || current.step <= 0) return;
    left = { run: currentNumber, of: current };
    // Without it the run goes on from its last checkpoint.
    await keepPlace(current).catch(() => undefined);
  }

  /** The engine is gone; which one takes its place is told when that is known. */
  function noticeLoss(loss: Loss): void {
    engineOfRun.lose(loss, computing);
    report(restoring(loss.restored));
  }

  /** {@link prepare}, again on another engine where one is lost meanwhile. */
  async function startFor(
    command: Load,
    known: Base | null,
    outdated: () => boolean,
  ): Promise<Start | null> {
    for (let inARow = 1; ; inARow++)
      try {
        return await prepare(command, known, outdated);
      } catch (error) {
        const goesOn = error instanceof EngineLostError && inARow <= MOST_LOSSES && !outdated();
        if (!goesOn) throw error;
        noticeLoss({ error, inARow, step: null, restored: 0 });
      }
  }

  async function prepare(
    { settings, basesUrl }: Load,
    known: Base | null,
    outdated: () => boolean,
  ): Promise<Start | null> {
    const { base, width, baseSeed } = settings;
    const sizes = base === 'live' ? [width, baseSeed] : [];
    const loadKey = [
      baseName(taskName(settings), settings),
      base,
      ...sizes,
      asksTeacher(settings),
    ].join();
    if (loaded?.key !== loadKey)
      loaded = { key: loadKey, start: await loadStart(settings, basesUrl, report) };
    const engine = await engineOfRun.for(settings, loaded.start);
    computing = engine;
    if (known) return { ...loaded.start, shape: known.shape, parameters: known.parameters };
    if (base === 'shipped') return loaded.start;
    const key = [loadKey, JSON.stringify(pretrainSettings(settings))].join();
    if (pretrained?.key === key) return pretrained.start;
    const start = await pretrainStart(loaded.start, settings, engine, report, outdated, now);
    pretrained = start && { key, start };
    return start;
  }

  async function openTraining(start: Start, settings: RunSettings, checkpoint: Checkpoint | null) {
    const engine = await engineOfRun.for(settings, start);
    computing = engine;
    if (checkpoint && checkpoint.step > 0) report(restoring(checkpoint.step));
    const training = await startExperiment(
      engine,
      start.task,
      start.shape,
      start.parameters,
      start.split,
      trainSettings(settings),
      checkpoint,
      start.teacher,
      hearEvaluation,
    );
    if (checkpoint) return training;
    post({ kind: 'ready', run, problems: training.problems, shape: start.shape });
    const secondsLeft = await secondsOfAnswers(training.policy, start, settings, now);
    if (secondsLeft !== null)
      report({ label: 'drawing the first answers', done: 0, total: 1, secondsLeft });
    return training;
  }

  /** Tells of evaluations that take a while, and lets commands in between be heard; another run ends it. */
  async function hearEvaluation(done: number, total: number, share: number): Promise<void> {
    const secondsLeft = timeLeft(share);
    if (now() - toldAt < TELL_EVERY_MS) return;
    toldAt = now();
    const thisRun = run;
    report({
      label: current?.step === -1 ? 'evaluating the base' : 'evaluating problems',
      ...{ done, total },
      ...(secondsLeft === null ? {} : { secondsLeft }),
    });
    await yieldToMessages();
    if (thisRun !== run) throw new Error('another run has begun');
    if (!cancels) return;
    cancels = false;
    throw new EvaluationCancelledError();
  }

  /** Computes and posts the next row; false where there is none, or where the run is outdated by now. */
  async function nextRow(outdated: () => boolean): Promise<boolean> {
    const of = current!;
    const kept = of.checkpoints.steps().at(-1);
    toldAt = now();
    timeLeft = createTimeLeft(now);
    cancels = false;
    of.isWhole = false;
    const next = await of.rows.next();
    if (outdated()) return false;
    of.isWhole = true;
    report(null);
    if (next.done) {
      wanted = 'pause';
      of.training = null;
      setState('finished');
    } else {
      of.step = next.value.step;
      of.baseP ??= next.value.heldOut?.p ?? null;
      post({ kind: 'row', run, row: next.value, memory: engineOfRun.engine!.memory() });
    }
    // Their number may stay: the latest one goes when it is not one of those kept for good.
    if (of.checkpoints.steps().at(-1) !== kept) tellCheckpoints();
    return !next.done;
  }

  function tellCheckpoints(): void {
    const { checkpoints } = current!;
    post({ kind: 'checkpoints', run, steps: checkpoints.steps(), bytes: checkpoints.bytes() });
  }

  async function computeWhileWanted(): Promise<void> {
    const thisRun = run;
    const outdated = (): boolean => thisRun !== run;
    const wants = (): boolean => !outdated() && (wanted === 'play' || singleSteps > 0);
    try {
      while (wants() && current && state !== 'finished' && state !== 'failed') {
        if (singleSteps === 0 && current.step >= until) break;
        const desired = wanted === 'play' ? 'playing' : 'paused';
        if (state !== desired) setState(desired);
        const began = now();
        if (!(await nextRow(outdated))) break;
        if (singleSteps > 0) singleSteps--;
        await yieldToMessages();
        await asks.answer();
        await pace.wait(began, () => wants() && singleSteps === 0);
      }
      if (!outdated() && state === 'playing') setState('paused');
    } catch (error) {
      if (!outdated()) fail(error);
    }
  }

  async function end(): Promise<void> {
    await current?.rows.return();
    current = null;
    engineOfRun.drop();
  }

  const enqueue = (work: () => Promise<void>): void => {
    // What nobody has foreseen is a failure too, and what is asked for after it is done.
    chain = chain.then(work).catch(fail);
  };

  return (command) => {
    switch (command.kind) {
      case 'load':
      case 'branch':
      case 'open':
      case 'back':
        run = command.run;
        wanted = 'pause';
        singleSteps = 0;
        setState('loading');
        enqueue(() => load(command));
        break;
      case 'play':
        wanted = 'play';
        until = command.until ?? Infinity;
        enqueue(computeWhileWanted);
        break;
      case 'cancel':
      case 'pause':
        cancels = command.kind === 'cancel';
        wanted = 'pause';
        singleSteps = 0;
        break;
      case 'step':
        wanted = 'pause';
        singleSteps++;
        enqueue(computeWhileWanted);
        break;
      case 'speed':
        pace.stepsPerSecond = command.stepsPerSecond;
        break;
      case 'forget':
        left = null;
        break;
      case 'stop':
        run = NO_RUN;
        wanted = 'pause';
        singleSteps = 0;
        enqueue(end);
        break;
      case 'ask':
        asks.add(command);
        enqueue(asks.answer);
        break;
      case 'take back':
        asks.takeBack(command.run, command.id);
        break;
    }
    pace.wakeUp();
  };
}
