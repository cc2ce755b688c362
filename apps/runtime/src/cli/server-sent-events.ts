/** One event of a stream (HTML Living Standard §9.2). */
export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

/** The events of a `text/event-stream` body, as they come. Comments, ids and retries are passed over. */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event !== undefined) yield event
    }
  }
}

function eventOf(block: string): ServerSentEvent | undefined {
  const lines = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line))
  const values = (name: string) => lines.flatMap((line) => (line?.[1] === name ? [line[2] ?? ''] : []))
  const data = values('data')
  return data.length === 0 ? undefined : { event: values('event').at(-1) ?? 'message', data: data.join('\n') }
}
