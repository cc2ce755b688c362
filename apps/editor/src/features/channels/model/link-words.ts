/** How a link is doing, for people. */
export interface StateWords {
  readonly says: string
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet'
}

/** The state of a link in a word or two. */
export function stateWords(state: string, isEnabled: boolean): StateWords {
  if (!isEnabled) return { says: 'Switched off', tone: 'quiet' }
  return states[state] ?? { says: state, tone: 'quiet' }
}

const states: Readonly<Record<string, StateWords>> = {
  bound: { says: 'Connected', tone: 'good' },
  connecting: { says: 'Connecting', tone: 'warn' },
  waiting: { says: 'No connection, trying again', tone: 'bad' },
  refused: { says: 'Refused', tone: 'bad' },
  stopped: { says: 'Not running', tone: 'quiet' },
}

/** What a kind of link is, for somebody who picks one. */
export function kindWords(kind: string): { name: string; about: string } {
  return kinds[kind] ?? { name: kind, about: '' }
}

const kinds: Readonly<Record<string, { name: string; about: string }>> = {
  smpp: {
    name: 'SMPP',
    about: 'A mobile operator or aggregator. They give you the host, the system id and the password.',
  },
  loopback: { name: 'Try-out', about: 'Reaches no real phone: for trying flows on the phones of this app.' },
}

/** How the fail-over order is said: `smsc-a, then smsc-b`. */
export function orderWords(links: readonly string[]): string {
  return links.join(', then ')
}

/** The size of a text on its way: `84 characters, 1 segment`. */
export function sizeWords({ characters, segments }: { characters: number; segments: number }): string {
  return `${characters} ${characters === 1 ? 'character' : 'characters'}, ${segments} ${segments === 1 ? 'segment' : 'segments'}`
}
