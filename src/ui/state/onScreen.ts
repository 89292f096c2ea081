import { PROBLEM_KEYS } from '../../run/definitions.ts';
import { goesOn } from '../../run/extend.ts';
import type { RunFile } from '../../run/runFile/runFile.ts';
import type { RunSettings } from '../../run/table.ts';
import type { SessionCommand } from '../../session/protocol.ts';
import type { Figures } from './figures.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { PageAddress } from './pageAddress.ts';
import { LOADING, WAITING, type Phase } from './phase.ts';
import type { Loading, SessionPort } from './port.svelte.ts';
import { basesUrl } from './recorded.svelte.ts';
import type { LiveRun } from './run.svelte.ts';
import type { WithTable } from './table.ts';

/** Beside which run a command begins another, which is said by itself. */
type Beginning = Loading extends infer L
  ? L extends Loading
    ? Omit<L, 'settings' | 'basesUrl'>
    : never
  : never;

/** What another run on screen changes. */
interface Parts {
  figures: Figures;
  port: SessionPort;
  notices: Notices;
  /** Null where that of the page is left as it is. */
  address: PageAddress | null;
  withTable: WithTable;
  /** Is told when another run, or one that goes on, takes the place of the one on screen. */
  onBegin(): void;
}

/** Puts a run on screen in the place of another: a new one, one that goes on or branches off, one of a file. */
export class OnScreen {
  readonly run: LiveRun;
  /** Once there is a recorded run, if one is to be shown. */
  recording: Promise<void> | null = null;
  #lastId = 0;
  #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.run = parts.figures.run;
  }

  /** A run that no other has had before it. */
  newId(): number {
    return ++this.#lastId;
  }

  /** A run from the base; one that waits is set up when somebody wants something of it. */
  restart(settings: RunSettings, waits: boolean): void {
    const { run } = this;
    const { figures, address } = this.#parts;
    this.#leaveWhole();
    if (PROBLEM_KEYS.some((key) => settings[key] !== run.settings[key]))
      run.problems = run.shape = figures.companion = null;
    run.settings = { ...settings };
    run.branched = null;
    run.checkpoints = [];
    // Before figures stand anew, so that an address that says nothing stays as it is.
    this.begin([], this.newId(), waits ? WAITING : LOADING);
    void this.showEntry();
    this.recording = this.#showRecording();
    address?.write();
    if (!waits) this.load({ kind: 'load' });
  }

  /** For what wants something of a run, or tells that it soon will, such as a pointer near Play: sets up one that waits. */
  expect = (): void => {
    if (this.run.phase.kind !== 'waiting') return;
    this.run.phase = LOADING;
    this.#parts.address?.write();
    this.load({ kind: 'load' });
  };

  /** Gives the run other steps: it goes on from a checkpoint, or begins again where its rows are others then. */
  goOn(from: number, steps: number): void {
    const { run } = this;
    run.settings = { ...run.settings, steps };
    if (!goesOn(run.settings)) {
      run.checkpoints = [];
      this.begin([], run.id);
      return this.load({ kind: 'load' });
    }
    this.begin(run.rowsUpTo(from), run.id);
    this.load({ kind: 'branch', from });
  }

  /** Goes on from a checkpoint with other settings; the first rows of the new run are those of the one so far. */
  branch(from: number, settings: RunSettings): void {
    const { run } = this;
    const of = run.id;
    this.leave();
    run.settings = { ...settings };
    run.branched = { of, step: from };
    this.begin(run.rowsUpTo(from), this.newId());
    this.#parts.address?.write();
    this.load({ kind: 'branch', from });
  }

  /** Shows a run that was kept in a file, as it was. */
  open({ settings, rows, problems, shape, checkpoints, branched, ...file }: RunFile): void {
    const { run } = this;
    const { figures, address } = this.#parts;
    this.#leaveWhole();
    figures.recorded.begin();
    run.settings = { ...settings };
    run.problems = problems;
    run.shape = shape;
    // The run that it has branched off from is not here.
    run.branched = branched === null ? null : { of: this.newId(), step: branched };
    run.checkpoints = checkpoints.map(({ step }) => step);
    this.begin(rows, this.newId());
    run.startedAt = file.startedAt;
    run.kept = { at: file.made.at.slice(0, 10), step: run.step };
    figures.held = file.view.step;
    figures.problem = file.view.problem;
    void this.showEntry();
    address?.write();
    this.load({ kind: 'open', shape, checkpoints, heldOut: problems.heldOut });
  }

  /** Until a step; null for the end of the run. */
  play(until: number | null): void {
    this.run.asked = { kind: 'play', until };
    this.send({ kind: 'play', ...(until === null ? {} : { until }) });
  }

  send(command: SessionCommand): void {
    this.expect();
    this.#parts.port.send(command);
  }

  load(how: Beginning): void {
    const settings = { ...this.run.settings };
    this.#parts.port.load({ ...how, settings, basesUrl: basesUrl() });
  }

  /** Another run, or one that goes on, takes the place of the one on screen. */
  begin(rows: Parameters<LiveRun['begin']>[0], id: number, phase: Phase = LOADING): void {
    const { figures, port, onBegin } = this.#parts;
    port.leaveRun();
    this.run.begin(rows, id);
    this.run.phase = phase;
    figures.held = figures.cursor = null;
    onBegin();
  }

  /** What has trained is remembered among the runs tried. */
  leave(): void {
    const { figures, withTable } = this.#parts;
    const left = { ...this.run.onScreen, rows: this.run.rowsUpTo(Infinity) };
    if (left.rows.length > 1 && left.rows.at(-1)!.step > (left.branched?.step ?? 0))
      withTable(({ triedRun }) => figures.runs?.remember(triedRun(left)));
  }

  async showEntry(): Promise<void> {
    const { id, settings } = this.run;
    await this.#parts.figures.recorded.fetchEntry(settings, () => id === this.run.id);
  }

  /** For a run that has nothing of the one before. */
  #leaveWhole(): void {
    const { port, address } = this.#parts;
    this.leave();
    // Who does not answer would not hear of another run either.
    if (port.silence !== null) port.disconnect();
    address?.link(null);
  }

  async #showRecording(): Promise<void> {
    const { figures, notices } = this.#parts;
    try {
      if (await figures.recorded.fetchRun(this.run.settings)) return;
    } catch (error) {
      notices.add((error as Error).message);
    }
    // Without a recorded run there is something to see only when a live one is ready.
    this.expect();
  }
}
