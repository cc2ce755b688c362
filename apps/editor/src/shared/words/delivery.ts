/** What became of a text that was sent. */
export function deliveryWords({
  status,
  error,
  sentAt,
}: {
  readonly status: string
  /** When it left; null when it never did. */
  readonly sentAt: string | null
  readonly error: { readonly code: string; readonly message?: string | undefined } | null
}): { note: string | undefined; tone: 'plain' | 'bad' } {
  if (status === 'delivered') return { note: 'Delivered', tone: 'plain' }
  const why = error === null ? '' : `: ${error.message ?? error.code}`
  if (status === 'failed') {
    if (takenBack.has(error?.code ?? '')) return { note: 'Taken back before it left', tone: 'plain' }
    return { note: `${sentAt === null ? 'Not sent' : 'Sent, but not delivered'}${why}`, tone: 'bad' }
  }
  if (status === 'expired') return { note: `Given up, it waited too long${why}`, tone: 'bad' }
  return { note: words[status], tone: 'plain' }
}

/** What the runtime says of texts that somebody stopped. */
const takenBack = new Set(['runtime/cancelled', 'runtime/taken-back'])

const words: { readonly [status: string]: string } = {
  queued: 'Waits to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  unknown: 'Sent, but the network never said whether it took it',
}
