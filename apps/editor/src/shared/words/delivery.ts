/** What became of a text that was sent. */
export function deliveryWords({
  status,
  error,
}: {
  readonly status: string
  readonly error: { readonly code: string; readonly message?: string | undefined } | null
}): { note: string | undefined; tone: 'plain' | 'bad' } {
  if (status === 'delivered') return { note: 'Delivered', tone: 'plain' }
  const why = error === null ? '' : `: ${error.message ?? error.code}`
  if (status === 'failed') return { note: `Not sent${why}`, tone: 'bad' }
  if (status === 'expired') return { note: `Given up, it waited too long${why}`, tone: 'bad' }
  return { note: words[status], tone: 'plain' }
}

const words: { readonly [status: string]: string } = {
  queued: 'Waits to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  unknown: 'Sent, but the network never said whether it took it',
}
