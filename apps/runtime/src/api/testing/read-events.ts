/** One server-sent event. */
export interface SentEvent {
  readonly event: string
  readonly id: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly data: any
}

/** Reads a stream of server-sent events as they come; `close` lets go of it. */
export function readEvents(response: Response): { next(): Promise<SentEvent>; close(): Promise<void> } {
  if (response.body === null) throw new Error('The answer has no body.')
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end === -1) {
          const { done, value } = await reader.read()
          if (done) throw new Error('The stream ended.')
          text += decoder.decode(value, { stream: true })
          continue
        }
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
        const data = field('data')
        if (data !== undefined) return { event: field('event') ?? 'message', id: field('id'), data: JSON.parse(data) }
      }
    },
    close: () => reader.cancel(),
  }
}
