/** The rooms below the stage, in the order of their tabs; an address names one by its id. */
export const ROOM_IDS = [
  ...(['problems', 'beyond', 'update', 'algorithm', 'measures', 'runs', 'studies'] as const),
  'results' as const,
];
export type RoomId = (typeof ROOM_IDS)[number];

/** The one that is open at first, which no address has to name. */
export const FIRST_ROOM: RoomId = 'problems';

export const isRoom = (name: string): name is RoomId => ROOM_IDS.some((id) => id === name);

/** The parts of the room of studies. */
export const STUDIES_PARTS = ['study', 'methods', 'papers'] as const;
export type StudiesPart = (typeof STUDIES_PARTS)[number];
