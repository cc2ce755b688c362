/** What a webhook can be told, in the words of the form. */
export const eventWords: Readonly<Record<string, string>> = {
  'message.received': 'Texts that come in',
  'message.status': 'What becomes of texts',
  'session.*': 'Conversations that begin and end',
  'result.recorded': 'Answers that flows record',
  'ticket.*': 'Tickets',
  'contact.consent': 'Opt-ins and opt-outs',
}

/** `Texts that come in, tickets`. */
export function toldWords(events: readonly string[]): string {
  const words = events.map((event) => eventWords[event] ?? event)
  const [first = '', ...others] = words
  return [first, ...others.map((word) => word.charAt(0).toLowerCase() + word.slice(1))].join(', ')
}

interface Delivery {
  readonly status: 'waiting' | 'delivered' | 'failed'
  readonly nextAttemptAt: string | null
  readonly attempts: readonly {
    readonly at: string
    readonly status: number | null
    readonly error: string | null
  }[]
}

/** How the telling of one thing went: `Taken at the 3rd try`, `Not taken: it answered 500`. */
export function deliveryLine({ status, attempts }: Delivery): string {
  const last = attempts.at(-1)
  if (status === 'delivered') return attempts.length === 1 ? 'Taken' : `Taken at try ${attempts.length}`
  if (last === undefined) return status === 'waiting' ? 'On its way' : 'Given up: the webhook was disabled'
  const why = last.error ?? `It answered ${last.status}.`
  return status === 'waiting' ? `Try ${attempts.length}: ${why}` : `Given up after ${attempts.length}: ${why}`
}

/** Its colour. */
export function deliveryTone({ status, attempts }: Delivery): 'good' | 'warn' | 'bad' | 'plain' {
  if (status === 'delivered') return 'good'
  if (status === 'failed') return 'bad'
  return attempts.length === 0 ? 'plain' : 'warn'
}

/** The server of an address: what people know a webhook by that has no name. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
