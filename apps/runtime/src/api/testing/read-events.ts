/** One server-sent event. */
export interface SentEvent {
  readonly event: string
  readonly id: string | undefined
  /** Its data, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: each reader knows what it asked for
  readonly data: any
}

/** Server-sent events whose data is JSON, as they come (WHATWG HTML §9.2); comments are left out. */
export interface EventReader {
  /** Undefined once the stream has ended. */
  next(): Promise<SentEvent | undefined>
  /** Lets go of the stream. */
  close(): Promise<void>
}

/** Reads the body of an answer of type `text/event-stream` as this API writes it. */
export function readEvents(body: ReadableStream<Uint8Array>): EventReader {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''

  async function nextBlock(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end !== -1) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        return block
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      text += decoder.decode(value, { stream: true })
    }
  }

  return {
    async next() {
      for (;;) {
        const block = await nextBlock()
        if (block === undefined) return undefined
        const fields = new Map(block.split('\n').map((line) => fieldOf(line)))
        const data = fields.get('data')
        if (data !== undefined)
          return { event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(data) }
      }
    },
    close: () => reader.cancel(),
  }
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}
