/**
 * What `self.origin`, and the origin of a message, say of a page that has none of its own: one that is opened from a file,
 * and one in a sandboxed frame. Frames in a sandboxed one are sandboxed too.
 */
export const OPAQUE = 'null';

/** For `postMessage`. An opaque origin cannot be named; what is said then goes to whatever page the window has. */
export const targetOf = (origin: string): string => (origin === OPAQUE ? '*' : origin);

/** The origin of who has sent a message. Some Chromiums (143) call that of a page from a file by the scheme alone. */
export const senderOf = (origin: string): string => (origin === 'file://' ? OPAQUE : origin);
