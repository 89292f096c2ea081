import { parameterCount } from '../../policy/shape.ts';
import { baseName } from '../../run/bases.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { taskName } from '../../run/trainSettings.ts';
import { fetchEntry, fetchRecordedRun } from '../state/recorded.svelte.ts';
import { toyOf, type Toy } from './curves.ts';

/** The toy by its recorded run and the base that this began from. @throws Error where either is not to be had, or is wrong. */
export async function recordedToy(): Promise<Toy> {
  const [recording, entry] = await Promise.all([
    fetchRecordedRun(),
    fetchEntry(baseName(taskName(DEFAULT_SETTINGS), DEFAULT_SETTINGS)),
  ]);
  if (!recording || !entry) throw new Error('the recorded run is not to be had');
  return toyOf(recording, parameterCount(entry.shape));
}
