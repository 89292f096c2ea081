import { startTraining, type TrainRun } from '../experiments/train.ts';
import { taskName, trainSettings, type RunSettings } from '../run/settings.ts';
import type { ChosenEngine } from './engines.ts';
import type { SessionCommand, SessionEvent, SessionState } from './protocol.ts';
import { prepareStart, yieldToMessages, type Start } from './start.ts';

type Choose = (choice: RunSettings['engine']) => Promise<ChosenEngine>;

/**
 * Runs a session: takes commands, computes, posts events. It is the same in a worker and in the page.
 *
 * All computing happens in one chain of promises, so that no two steps ever overlap; a command only says what is
 * wanted next. A new `load` outdates the run before it, which stops at its next step.
 */
export function createHost(
  post: (event: SessionEvent) => void,
  chooseEngine: Choose,
): (command: SessionCommand) => void {
  let chain: Promise<void> = Promise.resolve();
  let run = -1;
  let wanted: 'play' | 'pause' = 'pause';
  let singleSteps = 0;
  let stepsPerSecond: number | null = null;
  let wakeUp: (() => void) | null = null;

  let chosen: { choice: RunSettings['engine']; result: ChosenEngine } | null = null;
  let base: { key: string; start: Start } | null = null;
  let training: TrainRun | null = null;
  let state: SessionState = 'loading';

  const setState = (next: SessionState): void => {
    state = next;
    post({ kind: 'state', run, state });
  };
  const fail = (error: unknown): void => {
    wanted = 'pause';
    singleSteps = 0;
    post({ kind: 'progress', run, progress: null });
    post({ kind: 'failure', run, message: error instanceof Error ? error.message : String(error) });
    setState('failed');
  };

  async function engineFor(choice: RunSettings['engine']): Promise<ChosenEngine> {
    if (chosen?.choice !== choice) {
      chosen?.result.engine.dispose();
      chosen = null;
      post({
        kind: 'progress',
        run,
        progress: { label: 'starting the engine', done: 0, total: 1 },
      });
      chosen = { choice, result: await chooseEngine(choice) };
    }
    return chosen.result;
  }

  /** The base is kept between runs, so that Reset costs no download and no second pretraining. */
  async function startFor(
    settings: RunSettings,
    basesUrl: string,
    outdated: () => boolean,
  ): Promise<Start | null> {
    const { baseSeed, pretrainSteps, correctFraction, width } = settings;
    const live = [baseSeed, pretrainSteps, correctFraction, width];
    const key = [
      taskName(settings),
      settings.base,
      ...(settings.base === 'live' ? live : []),
    ].join();
    if (base?.key === key) return base.start;
    const { engine } = await engineFor(settings.engine);
    const start = await prepareStart(
      settings,
      engine,
      basesUrl,
      (progress) => post({ kind: 'progress', run, progress }),
      outdated,
    );
    base = start && { key, start };
    return start;
  }

  async function load(command: Extract<SessionCommand, { kind: 'load' }>): Promise<void> {
    const outdated = (): boolean => command.run !== run;
    if (outdated()) return;
    training?.dispose();
    training = null;
    const { settings, basesUrl } = command;
    try {
      const { engine, reason } = await engineFor(settings.engine);
      post({ kind: 'engine', run, engine: { kind: engine.kind, device: engine.device, reason } });
      const start = await startFor(settings, basesUrl, outdated);
      if (!start || outdated()) return;
      post({
        kind: 'progress',
        run,
        progress: { label: 'evaluating the base', done: 0, total: 1 },
      });
      training = await startTraining(
        engine,
        start.task,
        start.shape,
        start.parameters,
        start.split,
        trainSettings(settings),
      );
      post({ kind: 'ready', run, problems: training.problems, shape: start.shape });
      if (!(await nextRow(outdated))) return;
      post({ kind: 'progress', run, progress: null });
      setState(settings.steps === 0 ? 'finished' : 'paused');
    } catch (error) {
      if (!outdated()) fail(error);
    }
  }

  /** Computes and posts the next row; false where there is none, or where the run is outdated by now. */
  async function nextRow(outdated: () => boolean): Promise<boolean> {
    const next = await training!.rows.next();
    if (outdated()) return false;
    if (next.done) {
      wanted = 'pause';
      setState('finished');
      return false;
    }
    post({ kind: 'row', run, row: next.value, memory: chosen!.result.engine.memory() });
    return true;
  }

  async function computeWhileWanted(): Promise<void> {
    const thisRun = run;
    const outdated = (): boolean => thisRun !== run;
    const wants = (): boolean => !outdated() && (wanted === 'play' || singleSteps > 0);
    try {
      while (wants() && training && state !== 'finished' && state !== 'failed') {
        const desired = wanted === 'play' ? 'playing' : 'paused';
        if (state !== desired) setState(desired);
        const began = performance.now();
        if (!(await nextRow(outdated))) break;
        if (singleSteps > 0) singleSteps--;
        await yieldToMessages();
        await pace(began, wants);
      }
      if (!outdated() && state === 'playing') setState('paused');
    } catch (error) {
      if (!outdated()) fail(error);
    }
  }

  /** Waits out the rest of a step's time at the chosen speed; a pause or a new speed ends the wait. */
  async function pace(began: number, wants: () => boolean): Promise<void> {
    if (stepsPerSecond === null || !wants() || singleSteps > 0) return;
    const rest = 1000 / stepsPerSecond - (performance.now() - began);
    if (rest <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rest);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = null;
  }

  const enqueue = (work: () => Promise<void>): void => {
    chain = chain.then(work);
  };

  return (command) => {
    switch (command.kind) {
      case 'load':
        run = command.run;
        wanted = 'pause';
        singleSteps = 0;
        setState('loading');
        enqueue(() => load(command));
        break;
      case 'play':
        wanted = 'play';
        enqueue(computeWhileWanted);
        break;
      case 'pause':
        wanted = 'pause';
        singleSteps = 0;
        break;
      case 'step':
        wanted = 'pause';
        singleSteps++;
        enqueue(computeWhileWanted);
        break;
      case 'speed':
        ({ stepsPerSecond } = command);
        break;
    }
    wakeUp?.();
  };
}
