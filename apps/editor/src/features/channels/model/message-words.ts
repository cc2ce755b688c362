/** What became of a message, as a sentence. */
export interface MessageWords {
  readonly says: string
  readonly tone: 'good' | 'bad' | 'quiet'
}

/** What became of a message; `why` is what the network said. */
export function messageWords(status: string, why?: string): MessageWords {
  const because = why === undefined || why === '' ? '' : ` ${why}`
  switch (status) {
    case 'sent':
      return { says: 'The network has taken it. Whether it arrived is not told yet.', tone: 'good' }
    case 'delivered':
      return { says: 'It has arrived.', tone: 'good' }
    case 'failed':
      return { says: `It could not be delivered.${because}`, tone: 'bad' }
    case 'expired':
      return { says: `It waited too long and was given up.${because}`, tone: 'bad' }
    case 'unknown':
      return { says: `Nobody can tell whether the network has taken it.${because}`, tone: 'bad' }
    default:
      return { says: `It is stored and waits for its turn.${because}`, tone: 'quiet' }
  }
}
