/** What became of a text, where nobody would guess: why no answer came. Undefined when the conversation just went on. */
export function moOutcomeWords(outcome: string): string | undefined {
  return words[outcome] ?? (outcome.startsWith('dead-letter:') ? words['dead-letter'] : undefined)
}

const words: { readonly [outcome: string]: string } = {
  'dead-letter': 'This text could not be handled. Problems says why.',
  'dead-letter:no-flow': 'Nobody answers: no flow on this channel begins with this text.',
  'dead-letter:no-channel': 'Nobody answers: the channel is gone or switched off.',
  'dead-letter:reply-loop': 'Not answered: the phone seems to be a machine that would answer back for ever.',
  'ignored:reply-loop': 'Not answered: the phone seems to be a machine that would answer back for ever.',
  'ignored:not-waiting': 'The flow was not waiting for a reply just then.',
  'ignored:opted-out': 'This phone said STOP and gets no more texts. START subscribes it again.',
  'ignored:already-opted-out': 'This phone had said STOP before.',
  'ignored:no-session': 'No conversation was running.',
  'keyword:stop': 'STOP: unsubscribed, and gets no more texts.',
  'keyword:start': 'START: subscribed again.',
  'keyword:help': 'HELP: the channel answers this one by itself.',
  fallback: 'No flow begins with this text, so the channel’s fallback answered.',
}
