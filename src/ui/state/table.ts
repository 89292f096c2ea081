/** The table of settings with all its words, what reads and writes it, and the runs tried come when they are wanted. */
const load = async () => ({
  ...(await import('../../run/settings.ts')),
  ...(await import('../../run/permalink.ts')),
  ...(await import('../runs/runs.svelte.ts')),
});
export type Table = Awaited<ReturnType<typeof load>>;

/** Acts with the table at once, but while that is still on its way. */
export type WithTable = (act: (table: Table) => void) => void;

/** @param onCome is told of the table when it comes, before whoever waits for it. */
export function createTable(onCome: (table: Table) => void): WithTable {
  let table: Table | null = null;
  return (act) => {
    if (table) act(table);
    else
      void load().then((come) => {
        if (!table) onCome(come);
        table = come;
        act(come);
      });
  };
}
