import * as EMBED from '../../messages/embed.ts';

/** Of the figures that can stand alone, as links name them. */
export const FIGURE_NAMES = [
  'passk',
  'training',
  'entropy',
  'reward',
  'problems',
  'beyond',
  'weight',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

const isFigure = (name: string): name is FigureName =>
  (FIGURE_NAMES as readonly string[]).includes(name);

/** The figures that a link asks for; a name of none is told to `problems` and left out. */
export function figuresOf(names: readonly string[], problems: string[]): readonly FigureName[] {
  const known = FIGURE_NAMES.join(', ');
  for (const name of names) if (!isFigure(name)) problems.push(EMBED.noFigure({ name, known }));
  return names.filter(isFigure);
}

/** Unless a link says otherwise. */
export const STANDARD_FIGURES: readonly FigureName[] = ['passk', 'training'];
