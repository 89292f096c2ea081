/** What a long training left to see. */
export interface Soak {
  device: string;
  seconds: number;
  /** What was trained, and what was found that has no row. */
  what: string;
  head: string[];
  rows: string[][];
}

export const SOAKS = ['wasm', 'webgl'] as const;
export type SoakName = (typeof SOAKS)[number];

/** The steps after which is looked at what is held: once warm, then ten times. */
export const marksOf = (steps: number): number[] => [
  50,
  ...Array.from({ length: 10 }, (_, i) => Math.round(((i + 1) * steps) / 10)),
];

/** A section of the report; `where` says when and on which machine. */
export function showSoak(name: SoakName, steps: number, soak: Soak, where: string): string {
  const { device, seconds, what, head, rows } = soak;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `## ${steps} steps on ${name}

${where}, ${device}; \`npm run soak -- ${steps} ${name}\`.
${what}; ${seconds.toFixed(0)} s, ${((1000 * seconds) / steps).toFixed(0)} ms a step.

${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}
`;
}

/** The report with some sections new and the others as they were. */
export function mergeSections(report: string, sections: Partial<Record<SoakName, string>>): string {
  const before = report.split(/^(?=## )/m);
  const kept = SOAKS.flatMap(
    (name) =>
      sections[name] ?? before.filter((text) => text.startsWith('## ') && titleOf(text) === name),
  );
  return `# Soak\n\n${kept.map((text) => text.trim()).join('\n\n')}\n`;
}

const titleOf = (section: string): string => /steps on (\w+)/.exec(section)?.[1] ?? '';
