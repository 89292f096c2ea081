import type { RoomId } from './ids.ts';

/** The names of the rooms, as their tabs have them. */
export const ROOM_NAMES = {
  problems: 'Problems',
  beyond: 'Beyond the prior',
  update: 'One update',
  algorithm: 'Algorithm',
  measures: 'Measures',
  runs: 'Runs',
  studies: 'Studies',
} satisfies Record<RoomId, string>;

export const ROOM_TEXT = {
  unknown: "The link has an unknown room '{name}'; it is ignored. The rooms are {rooms}.",
  loading: 'This room is on its way.',
  lost: 'This room could not be fetched: {why}. Open its tab again to try again.',
  study: 'One study',
  methods: 'All methods',
  papers: 'What papers report',
  parts: 'Parts of the studies',
};
