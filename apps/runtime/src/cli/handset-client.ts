import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CliError, exitCodes } from './cli-error.ts'
import { serverSentEvents } from './server-sent-events.ts'

/** Where the runtime is, and the key that opens it. Asked anew whenever it was away: a restart changes both. */
export interface Door {
  readonly url: string
  readonly key: string
}

/** An MT on the handset. */
export interface HandsetMt {
  readonly from: string
  readonly to: string
  readonly text: string
}

/** How a handset reaches its channel. */
export interface HandsetOptions {
  readonly channel: string
  readonly phone: string
  door(): Promise<Door>
  onMt(mt: HandsetMt): void
  /** The runtime is away, in words; said once each time. */
  onAway(problem: string): void
  /** How long a runtime that has just started may take to open its links and to leave the new key. Default 10 s. */
  readonly patienceMs?: number
}

const RETRY_MS = 500
const STARTING_MS = 10_000
/** Refusals that pass when a start is through: the key of the run before, the link not open yet. */
const passing: ReadonlySet<number> = new Set([401, 409])

/** A handset on the loopback link of a running runtime, over its API. */
export class HandsetClient {
  readonly #options: HandsetOptions
  readonly #ended = new AbortController()
  #isAway = false
  #wasReady = false
  #lastGoodAt = performance.now()

  constructor(options: HandsetOptions) {
    this.#options = options
  }

  /**
   * Shows MTs as they come, until `end`; resolves once the first connection stands. One that breaks comes back.
   *
   * @throws CliError when nobody is there, or there is nothing to listen to
   */
  listen(): Promise<void> {
    const ready = Promise.withResolvers<void>()
    this.#keepListening(ready.resolve).catch(ready.reject)
    return ready.promise
  }

  /**
   * Writes a text. Resolves once it is stored; the same text is never stored twice, however often it has to be tried.
   *
   * @throws CliError when the runtime will not have it
   */
  async write(text: string): Promise<void> {
    const body = JSON.stringify({ from: this.#options.phone, text, id: randomUUID() })
    for (;;) {
      const response = await this.#ask({ method: 'POST', body, headers: { 'content-type': 'application/json' } })
      await response?.body?.cancel()
      if (response?.ok || this.#ended.signal.aborted) return
      await this.#pause()
    }
  }

  /** Hangs up. */
  end(): void {
    this.#ended.abort()
  }

  async #keepListening(ready: () => void): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const response = await this.#ask({ headers: { accept: 'text/event-stream' } })
      if (response?.body) await this.#read(response.body, ready).catch(() => undefined)
      if (!this.#ended.signal.aborted) await this.#pause()
    }
  }

  async #read(body: ReadableStream<Uint8Array>, ready: () => void): Promise<void> {
    for await (const { event, data } of serverSentEvents(body)) {
      if (event === 'ready') {
        this.#wasReady = true
        ready()
      }
      if (event === 'mt') this.#options.onMt(JSON.parse(data))
    }
  }

  /** Undefined where it is worth trying again: nobody answers, or the runtime cannot now. */
  async #ask(init: RequestInit): Promise<Response | undefined> {
    const { channel, phone, patienceMs } = this.#options
    const door = await this.#options.door()
    const url = new URL(`/api/v1/channels/${encodeURIComponent(channel)}/handset`, door.url)
    if (init.method === undefined) url.searchParams.set('phone', phone)
    const headers = { ...init.headers, authorization: `Bearer ${door.key}` }
    let response: Response
    try {
      response = await fetch(url, { ...init, headers, signal: this.#ended.signal })
    } catch {
      this.#away(door.url)
      return undefined
    }
    const isPassing = passing.has(response.status) && performance.now() - this.#lastGoodAt < (patienceMs ?? STARTING_MS)
    if (response.status >= 500 || isPassing) return undefined
    if (!response.ok) throw await refusal(response)
    this.#isAway = false
    this.#lastGoodAt = performance.now()
    return response
  }

  #away(url: string): void {
    if (this.#ended.signal.aborted) return
    if (!this.#wasReady) {
      throw new CliError(
        exitCodes.world,
        `Textloom does not run on ${url}. Start it with npm start, then pick up the phone again.`,
      )
    }
    if (!this.#isAway) this.#options.onAway(`Textloom does not answer on ${url}; trying until it does.`)
    this.#isAway = true
    // A restart takes its time too.
    this.#lastGoodAt = performance.now()
  }

  async #pause(): Promise<void> {
    await pause(RETRY_MS, undefined, { signal: this.#ended.signal }).catch(() => undefined)
  }
}

async function refusal(response: Response): Promise<CliError> {
  const problem: unknown = await response.json().catch(() => undefined)
  const detail = typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : ''
  return new CliError(exitCodes.use, detail || `Textloom answered ${response.status} ${response.statusText}.`)
}
