/** What is said of a run that failed, and around what the reader is told. */
export const MESSAGE_TEXT = {
  stopped: 'The run stopped.',
  stoppedBy: '{failure}. Its figures so far stay; change a setting or press Reset.',
  cannotBegin: 'The run cannot begin.',
  cannotBeginBy: '{failure}. Change a setting or press Reset.',
  silent:
    'What computes has not answered for {seconds} s. It may be in one long piece of work, or it hangs.',
  wait: 'Wait',
  startAgain: 'Start again',
  more: 'And {count} more messages, which come as these are dismissed.',
  dismiss: 'Dismiss',
  dismissHint: 'Dismiss this message',
};
