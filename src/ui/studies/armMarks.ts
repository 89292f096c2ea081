import type { Marker } from '../../plots/markers.ts';
import type { ArmRole, StudyArm } from '../../run/studies/study.ts';

/** How an arm looks in every figure of its study. */
export interface ArmMark {
  color: string;
  dash: string;
  marker: Marker;
}

const ROLE_COLORS: Readonly<Record<Exclude<ArmRole, 'other'>, string>> = {
  base: 'var(--base)',
  now: 'var(--now)',
  distilled: 'var(--distilled)',
  teacher: 'var(--teacher)',
  control: 'var(--control)',
  chance: 'var(--chance)',
};
const OTHER_COLORS = [1, 2, 3, 4].map((n) => `var(--other-${n})`);

/** What every study has beside its arms, with patterns that no arm has. */
export const BASE_MARK: ArmMark = { color: 'var(--base)', dash: '7 5', marker: 'square' };
export const CHANCE_MARK: ArmMark = { color: 'var(--chance)', dash: '1 4', marker: 'cross' };

/** The first is that of GRPO, as a line without gaps. */
const DASHES = ['', '12 3', '3 3', '10 3 2 3', '16 4 4 4', '5 2 1 2', '2 2 8 2', '14 2 2 2 2 2'];
const MARKERS: readonly Marker[] = ['circle', 'triangle', 'diamond', 'star', 'wye', 'cross'];

/**
 * A colour by each arm's role, with a dash pattern and a mark that no other arm has, up to 8 and 6 of them: a second arm
 * of a role, and those of the role `other`, take the further colours in turn.
 */
export function armMarks(arms: readonly Pick<StudyArm, 'id' | 'role'>[]): Map<string, ArmMark> {
  const used = new Set<string>();
  let others = 0;
  let further = 0;
  return new Map(
    arms.map(({ id, role }) => {
      const own = role === 'other' ? undefined : ROLE_COLORS[role];
      const isFree = own !== undefined && !used.has(own);
      const color = isFree ? own : OTHER_COLORS[others++ % OTHER_COLORS.length]!;
      used.add(color);
      // What training gives stands first wherever it comes in the list.
      const at = isFree && role === 'now' ? 0 : 1 + further++;
      const [dash, marker] = [DASHES[at % DASHES.length]!, MARKERS[at % MARKERS.length]!];
      return [id, { color, dash, marker }];
    }),
  );
}
