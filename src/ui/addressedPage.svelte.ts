import type { ParsedPermalink, View } from '../run/permalink.ts';
import type { CurveKind } from '../run/view.ts';
import { say } from '../text/words.ts';
import { Address } from './address.ts';
import { FetchedPage } from './fetchedPage.svelte.ts';
import { FIRST_ROOM, isRoom, ROOM_IDS, type RoomId } from './rooms/ids.ts';
import { ROOM_TEXT } from './rooms/words.ts';

/** The table of settings with all its words, what reads it, and the runs tried come when they are wanted. */
const loadTable = async () => ({
  ...(await import('../run/settings.ts')),
  ...(await import('../run/permalink.ts')),
  ...(await import('./runs/runs.svelte.ts')),
});
type Table = Awaited<ReturnType<typeof loadTable>>;

/** The page with what its address says of it. */
export class AddressedPage extends FetchedPage {
  #table: Table | null = null;
  /** Of what the address says beside the run, what stays in it; the study only until a link to a run. */
  #view: View = {};
  protected address = new Address();
  /** The step that a link has named, as long as nobody has gone elsewhere. */
  protected linked: number | null = null;

  /** Shows a recorded study and names it in the address; the run on screen goes on. */
  chooseStudy(name: string | null): void {
    this.study = name;
    if (name !== null) [this.room, this.studiesPart] = ['studies', 'study'];
    const { study: _, ...view } = this.#view;
    this.#view = name === null ? view : { ...view, study: name };
    this.seeksStudy = false;
    this.showAddress();
  }

  /** Has the curve over k count something else, and says so in the address. */
  chooseCurve(curve: CurveKind): void {
    this.curve = curve;
    this.showAddress();
  }

  /** Opens a room below the stage; Back leads to the one before. */
  chooseRoom(room: RoomId): void {
    if (room === this.room) return;
    this.room = room;
    this.withTable(({ permalinkOf }) => this.address.push(() => this.#written(permalinkOf)));
  }

  /** Goes Back, or Forward, to a room of the same page: the run and the controls stay as they are. */
  protected returnTo(room: string | undefined): void {
    this.room = room !== undefined && isRoom(room) ? room : FIRST_ROOM;
    this.showAddress();
  }

  protected override heldElsewhere(): void {
    if (this.held !== this.linked) this.linked = null;
    this.showAddress();
  }

  protected take({ settings, view, problems }: ParsedPermalink): void {
    const { study, hide, theme, problem, room, curve = 'any' } = view;
    this.settings = settings;
    this.#view = {
      ...(study && { study }),
      ...(hide && { hide }),
      ...(theme && { theme }),
    };
    this.study = study ?? this.study;
    this.seeksStudy = study !== undefined;
    this.problem = problem === undefined ? null : problem - 1;
    this.room = room !== undefined && isRoom(room) ? room : study ? 'studies' : FIRST_ROOM;
    this.notices =
      room === undefined || isRoom(room)
        ? problems
        : [
            ...problems,
            say(ROOM_TEXT.unknown, { name: room.slice(0, 40), rooms: ROOM_IDS.join(', ') }),
          ];
    this.curve = curve;
  }

  /** Writes the settings of the run on screen into the address, and where the timeline stands. */
  protected showAddress(): void {
    // The address of the defaults, and of nothing else, has nothing to write.
    const isPlain =
      this.held === null && this.problem === null && this.curve === 'any' && location.hash === '';
    if (this.isPart || (this.waits && isPlain)) return;
    this.withTable(({ permalinkOf }) => this.address.write(() => this.#written(permalinkOf)));
  }

  #written(permalinkOf: Table['permalinkOf']): string {
    const step = this.held ?? this.linked;
    return permalinkOf(this.applied, {
      ...this.#view,
      ...(this.room === FIRST_ROOM ? {} : { room: this.room }),
      ...(step === null ? {} : { step }),
      ...(this.problem === null ? {} : { problem: this.problem + 1 }),
      ...(this.curve === 'any' ? {} : { curve: this.curve }),
    });
  }

  /** At once, but while the table is still on its way. */
  protected withTable(act: (table: Table) => void): void {
    if (this.#table) act(this.#table);
    else
      void loadTable().then((table) => {
        this.#table = table;
        this.runs ??= new table.Runs();
        act(table);
      });
  }
}
