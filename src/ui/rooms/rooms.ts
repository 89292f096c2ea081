import type { Component } from 'svelte';
import { EXPERIMENTS } from '../../experiments/experiments.ts';
import type { RunSettings } from '../../run/table.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { RoomId } from './ids.ts';
import { names as ROOM_NAMES } from '../../messages/rooms.ts';

/** What stands below the stage, one at a time, each in a file of its own that is fetched when its tab is opened. */
export interface Room {
  label: string;
  load(): Promise<{ default: Component<{ playground: Playground }> }>;
  /** Whether it has anything to show of a run with these settings. */
  shows(settings: RunSettings): boolean;
}

const always = (): boolean => true;

export const ROOMS: Readonly<Record<RoomId, Room>> = {
  problems: {
    label: ROOM_NAMES.problems,
    load: () => import('./ProblemsRoom.svelte'),
    shows: always,
  },
  beyond: {
    label: ROOM_NAMES.beyond,
    load: () => import('./BeyondRoom.svelte'),
    shows: ({ prior }) => prior === 'narrow',
  },
  update: { label: ROOM_NAMES.update, load: () => import('./UpdateRoom.svelte'), shows: always },
  algorithm: {
    label: ROOM_NAMES.algorithm,
    load: () => import('./AlgorithmRoom.svelte'),
    shows: ({ experiment }) => EXPERIMENTS[experiment].trains,
  },
  measures: {
    label: ROOM_NAMES.measures,
    load: () => import('./MeasuresRoom.svelte'),
    shows: always,
  },
  runs: { label: ROOM_NAMES.runs, load: () => import('./RunsRoom.svelte'), shows: always },
  studies: {
    label: ROOM_NAMES.studies,
    load: () => import('./StudiesRoom.svelte'),
    shows: always,
  },
  results: {
    label: ROOM_NAMES.results,
    load: () => import('./ResultsRoom.svelte'),
    shows: always,
  },
};
