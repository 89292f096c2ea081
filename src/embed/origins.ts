/**
 * What `self.origin`, and the origin of a message, say of a page that has none of its own: one that is opened from a file,
 * and one in a sandboxed frame. Frames in a sandboxed one are sandboxed too.
 */
export const OPAQUE = 'null';

/** For `postMessage`. An opaque origin cannot be named; what is said then goes to whatever page the window has. */
export const targetOf = (origin: string): string => (origin === OPAQUE ? '*' : origin);
