/** What the tables of figures are made with, in one file that comes when the first of them is opened. */
export { default as DataTable } from './DataTable.svelte';
export * from './tables.ts';
