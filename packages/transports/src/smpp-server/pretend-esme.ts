import type { Buffer } from 'node:buffer'
import type { Address } from '@textloom/core'
import { dialer } from '../connection/link.ts'
import type { Wire } from '../connection/wire.ts'
import type { ReceivedMt } from '../pretend/events.ts'
import { Phone } from '../pretend/phone.ts'
import { fromWireAddress } from '../smpp/address.ts'
import { Binding } from '../smpp/binding.ts'
import { readBody } from '../smpp/deliver.ts'
import type { Pdu } from '../smpp/pdu/pdu.ts'
import { ESME } from '../smpp/pdu/status.ts'
import type { BindMode, PeerRequest } from '../smpp/session-host.ts'
import { type LongMessages, submitRequests } from '../smpp/submit.ts'
import { systemTimers } from '../timers.ts'

interface EsmeOptions {
  readonly port: number
  readonly mode?: BindMode
  readonly systemId?: string
  readonly password?: string
  readonly long?: LongMessages
  /** The certificate to trust, where the port is encrypted. */
  readonly ca?: string
}

/** What becomes of the next deliver_sm. */
type Verdict = { readonly status: number } | { readonly delayMs: number }

/** The name in the certificates that tests make. */
export const CERTIFIED_NAME = 'smsc.example'

const quick = { firstMs: 5, maxMs: 20 }
const settings = { source: {}, destination: {}, dataCoding0: 'gsm7', nationalTables: [] } as const

/** A system that binds to a link of ours, for its tests: submits, takes what is delivered, and misbehaves when told to. */
export class PretendEsme {
  readonly #binding: Binding
  readonly #long: LongMessages
  readonly #phone = new Phone()
  readonly #verdicts: Verdict[] = []
  readonly #watchers = new Set<() => void>()
  #wire: Wire | undefined
  #reference = 0
  /** Every deliver_sm that was not a receipt, whole MTs, and the receipts. */
  readonly delivered: Pdu<'deliver_sm'>[] = []
  readonly mts: ReceivedMt[] = []
  readonly receipts: Pdu<'deliver_sm'>[] = []

  constructor({ port, mode = 'transceiver', systemId = 'tl', password = 's', long = 'udh8', ca }: EsmeOptions) {
    this.#long = long
    const dial = dialer(
      { host: '127.0.0.1', port, tls: ca === undefined ? false : { ca, servername: CERTIFIED_NAME } },
      systemTimers,
    )
    this.#binding = new Binding({
      mode,
      fields: { system_id: systemId, password, interface_version: 0x34 },
      session: { windowSize: 10, enquireLinkMs: 30_000, responseTimeoutMs: 10_000, bindTimeoutMs: 10_000 },
      backoff: { lost: quick, refused: quick },
      dial: (calls) => {
        this.#wire = dial(calls)
        return this.#wire
      },
      timers: systemTimers,
      random: Math.random,
      log: () => {},
      onBound: () => {},
      onLost: () => {},
      onRequest: (request) => this.#take(request),
      onStatus: () => this.#tell(),
    })
  }

  /** Binds, and again whenever that ends. */
  start(): this {
    this.#binding.start()
    return this
  }

  stop(): Promise<void> {
    return this.#binding.stop(1_000)
  }

  get lastError(): string | undefined {
    return this.#binding.lastError
  }

  /** Breaks the connection. */
  drop(): void {
    this.#wire?.close()
  }

  /** Writes octets that need not be a PDU. */
  writeRaw(octets: Buffer): void {
    this.#wire?.write(octets)
  }

  /** How the next deliver_sm is dealt with instead of being taken. */
  next(verdict: Verdict): void {
    this.#verdicts.push(verdict)
  }

  /** Submits a text, each part until it is taken; resolves with the ids of the parts. */
  async submit(from: Address, to: Address, text: string, wantsDlr = false): Promise<string[]> {
    const mt = { key: 'mo', from, to, text, reference: ++this.#reference, wantsDlr }
    const ids: string[] = []
    for (const request of submitRequests(mt, { ...settings, longMessages: this.#long })) {
      for (;;) {
        await this.until(() => this.#binding.session !== undefined)
        const answer = await this.#binding.session?.request(request).catch(() => undefined)
        if (answer?.status === ESME.ROK && answer.command === 'submit_sm_resp') {
          ids.push(answer.fields.message_id)
          break
        }
        if (answer?.status === ESME.RINVBNDSTS) throw new Error('The bind may not submit.')
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    return ids
  }

  /** Resolves as soon as `isSo`, which is asked whenever something happens. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  #take({ pdu, answer }: PeerRequest): boolean {
    if (pdu.command !== 'deliver_sm') return false
    const verdict = this.#verdicts.shift()
    if (verdict !== undefined && 'status' in verdict) {
      answer(verdict.status)
      return true
    }
    this.#keep(pdu)
    setTimeout(() => answer(ESME.ROK), verdict?.delayMs ?? 0)
    return true
  }

  #keep(pdu: Pdu<'deliver_sm'>): void {
    const { fields } = pdu
    if ((fields.esm_class & 0x3c) !== 0) {
      this.receipts.push(pdu)
    } else {
      this.delivered.push(pdu)
      const from = fromWireAddress(fields.source_addr_ton, fields.source_addr)
      const to = fromWireAddress(fields.dest_addr_ton, fields.destination_addr)
      const mt = this.#phone.take({ from, to, body: readBody(pdu, 'gsm7'), id: '' }, Date.now())
      if (mt !== undefined) this.mts.push(mt)
    }
    this.#tell()
  }

  #tell(): void {
    for (const look of [...this.#watchers]) look()
  }
}
