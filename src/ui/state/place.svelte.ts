import type { View } from '../../run/permalink.ts';
import { FIRST_ROOM, isRoom, ROOM_IDS, type RoomId, type StudiesPart } from '../rooms/ids.ts';
import * as ROOM_TEXT from '../../messages/rooms.ts';

/** Where on the page the reader is below the stage: in which room, and at which study. */
export class Place {
  /** The room that is open. */
  room = $state<RoomId>(FIRST_ROOM);
  /** What of the room of studies is open. */
  studiesPart = $state<StudiesPart>('study');
  /** The recorded study that was chosen last. */
  study = $state<string | null>(null);
  /** Whether the reader came by a link to that study, and is not there yet. */
  seeksStudy = $state(false);
  #onMove: (by: 'room' | 'study') => void;

  constructor(onMove: (by: 'room' | 'study') => void = () => {}) {
    this.#onMove = onMove;
  }

  /** Opens a room below the stage; Back leads to the one before. */
  chooseRoom(room: RoomId): void {
    if (room === this.room) return;
    this.room = room;
    this.#onMove('room');
  }

  /** Shows a recorded study and names it in the address; the run on screen goes on. */
  chooseStudy(name: string | null): void {
    this.study = name;
    if (name !== null) [this.room, this.studiesPart] = ['studies', 'study'];
    this.seeksStudy = false;
    this.#onMove('study');
  }

  /** Goes where a link leads. @returns what of it cannot be taken, a sentence each. */
  take({ room, study }: View): string[] {
    this.study = study ?? this.study;
    this.seeksStudy = study !== undefined;
    const isKnown = room === undefined || isRoom(room);
    this.room = room !== undefined && isRoom(room) ? room : study ? 'studies' : FIRST_ROOM;
    return isKnown
      ? []
      : [ROOM_TEXT.unknown({ name: room.slice(0, 40), rooms: ROOM_IDS.join(', ') })];
  }

  /** Goes Back, or Forward, to a room of the same page. */
  returnTo(room: string | undefined): void {
    this.room = room !== undefined && isRoom(room) ? room : FIRST_ROOM;
  }
}
