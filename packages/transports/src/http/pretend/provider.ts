import type { InboundAnswer, InboundRefusal, InboundRequest } from '../inbound/exchange.ts'
import type { PresetName } from '../presets/index.ts'
import { type Brought, type Dialect, dialects, type UnderstoodMt } from './dialects.ts'
import { type PretendServer, pretendServer, type ServerAnswer } from './server-link.ts'

/** Where a provider brings what it has. */
export type Deliver = (request: InboundRequest) => Promise<InboundAnswer | InboundRefusal>

export interface PretendProviderOptions {
  readonly preset: PresetName
  readonly deliver: Deliver
}

const RETRY_MS = 5

/** A provider on 127.0.0.1: takes MTs and delivers them at once, brings MOs until they are taken. */
export class PretendProvider {
  readonly #dialect: Dialect
  readonly #deliver: Deliver
  readonly #waiting: ((mt: UnderstoodMt) => void)[] = []
  /** Every request, in order. */
  readonly requests: InboundRequest[] = []
  #next: (() => Promise<ServerAnswer> | ServerAnswer)[] = []
  #server: PretendServer | undefined
  #count = 0

  constructor({ preset, deliver }: PretendProviderOptions) {
    this.#dialect = dialects[preset]
    this.#deliver = deliver
  }

  async start(port = 0): Promise<this> {
    this.#server = await pretendServer((request) => this.#take(request), port)
    return this
  }

  get port(): number {
    return this.#server?.port ?? 0
  }

  /** How many connections were ever made to it. */
  get connections(): number {
    return this.#server?.connections() ?? 0
  }

  async stop(): Promise<void> {
    await this.#server?.stop()
  }

  /** The next MT that is understood. */
  nextMt(): Promise<UnderstoodMt> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Refuses the next MT. */
  refuseNext(how: 'later' | 'never' | 'throttled'): void {
    this.answerNext(() => this.#dialect.refuse(how))
  }

  /** Answers the next MT as told. */
  answerNext(answer: () => Promise<ServerAnswer> | ServerAnswer): void {
    this.#next.push(answer)
  }

  /** Takes the next MT after a while. */
  delayNext(ms: number): void {
    this.answerNext(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return this.#dialect.accept(`late-${++this.#count}`)
    })
  }

  /** Brings an MO, again and again under the same id until it is taken. */
  async hears(from: string, to: string, text: string): Promise<void> {
    const brought = this.#dialect.mo({ id: `mo-${++this.#count}`, from, to, text })
    for (;;) {
      const answer = await this.#bring(brought)
      if (answer.kind === 'stored' && this.#dialect.wellAnswered.test(answer.body)) return
      if (answer.kind !== 'unavailable') throw new Error(`The MO was answered with ${JSON.stringify(answer)}.`)
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }

  async #take(request: InboundRequest): Promise<ServerAnswer> {
    this.requests.push(request)
    const told = this.#next.shift()
    if (told !== undefined) return told()
    const mt = this.#dialect.understand(request)
    for (const waiting of this.#waiting.splice(0)) waiting(mt)
    const id = `sms-${++this.#count}`
    const answer = this.#dialect.accept(id)
    if (mt.callback !== undefined) setImmediate(() => void this.#bring(this.#dialect.delivered({ id, mt })))
    return answer
  }

  #bring({ query = '', body, headers = {} }: Brought): Promise<InboundAnswer | InboundRefusal> {
    return this.#deliver({
      method: body === undefined ? 'GET' : 'POST',
      url: `http://127.0.0.1:3000/in/pretend${query}`,
      headers,
      body: Buffer.from(body ?? ''),
    })
  }
}
