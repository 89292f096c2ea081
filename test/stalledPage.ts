/** What a journey fails with whose page the browser gives no frames any more; it is made once more then. */
export const STALLED_PAGE = 'the browser gives this page no frames any more';
