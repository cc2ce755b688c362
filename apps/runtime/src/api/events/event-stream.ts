import type { Context } from 'hono'
import { type SSEMessage, type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { ApiEnv } from '../http/env.ts'

/** How often a line is sent where nothing happens, so that nobody on the way hangs up. */
const HEARTBEAT_MS = 15_000
/** A reader that is so far behind is let go: it may come again and say where it was. */
const MOST_WAITING = 1_000

/** Sends messages, in order, to one reader. */
export type Emit = (message: SSEMessage) => void

/**
 * Server-sent events until the reader leaves, or is no longer allowed to listen. `begin` is called once with what sends, and returns what is to be called
 * at the end.
 */
export function eventStream(c: Context<ApiEnv>, begin: (emit: Emit) => () => void): Response {
  // Proxies such as nginx would keep it all until it ends.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const waiting: SSEMessage[] = []
    let wake = () => {}
    let isOver = false
    const over = () => {
      isOver = true
      wake()
    }
    stream.onAbort(over)
    const unwatch = c.get('onRevoked')(over)
    const end = begin((message) => {
      waiting.push(message)
      if (waiting.length > MOST_WAITING) over()
      wake()
    })
    try {
      while (!isOver) {
        const message = waiting.shift()
        if (message !== undefined) await stream.writeSSE(message)
        else await nextOrHeartbeat(stream, (woken) => (wake = woken))
      }
    } finally {
      unwatch()
      end()
    }
  })
}

async function nextOrHeartbeat(stream: SSEStreamingApi, onWake: (wake: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const isQuiet = await new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), HEARTBEAT_MS)
    onWake(() => resolve(false))
  })
  clearTimeout(timer)
  if (isQuiet) await stream.write(':\n\n')
}
