/** A file that was dropped, or a folder of files. */
export type Dropped = File | FileSystemDirectoryEntry;

/** What was dropped. A browser forgets it once the event is handled. */
export const droppedIn = ({ dataTransfer }: DragEvent): Dropped[] =>
  [...(dataTransfer?.items ?? [])].flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    return entry?.isDirectory ? (entry as FileSystemDirectoryEntry) : (item.getAsFile() ?? []);
  });
