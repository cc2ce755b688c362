import type { Inbound, LinkHost } from '@textloom/core'
import type { Timers } from '../timers.ts'
import { AtError } from './at/at-error.ts'
import { Dialogue } from './at/dialogue.ts'
import { askFacts, attempt, bringUp, type Delivery, isRegistered, type ModemFacts } from './bring-up.ts'
import type { SerialConfig } from './config.ts'
import { type ModemLine, readIncoming, segmentId } from './incoming.ts'
import type { PinAttempts } from './pin-attempts.ts'
import type { Port } from './port-link.ts'
import type { Reset } from './reset.ts'
import type { ModemSegment } from './segments.ts'

/** What one session with a modem needs of its link. */
export interface SessionOptions {
  readonly line: ModemLine
  readonly config: SerialConfig
  readonly timers: Timers
  readonly pinAttempts: PinAttempts | undefined
  /** Stores what came in; rejects when that was not possible. */
  store(inbound: Inbound): Promise<void>
  /** Called whenever the modem told something new of itself. */
  onFacts(facts: ModemFacts): void
  /** Exactly once, when nothing more can be done with this session. */
  onEnd(error: Error): void
  readonly log: LinkHost['log']
}

/** A text that could not be stored is read again after so long, and then again. */
const STORE_AGAIN_MS = 300
/** So many looks without a network, and the session begins anew. */
const LOOKS_WITHOUT_NETWORK = 2

/** One session with a modem, from the open line to its end: it is brought up, then sends and receives. */
export class ModemSession {
  readonly #options: SessionOptions
  readonly #port: Port
  readonly #dialogue: Dialogue
  /** One look at the storage after another. */
  #looking: Promise<void> = Promise.resolve()
  #cancelPoll = () => {}
  /** True while a look is asked for that has not begun: it will find whatever else comes until then. */
  #isLookAsked = false
  /** True while a look is due because something could not be stored. */
  #isLookDue = false
  #isOver = false
  #looksWithoutNetwork = 0
  #delivery: Delivery = { announced: undefined, isDirect: false, wantsAcknowledgement: false }

  constructor(port: Port, options: SessionOptions) {
    const { stream } = port
    this.#options = options
    this.#port = port
    this.#dialogue = new Dialogue({
      timers: options.timers,
      answerTimeoutMs: options.config.answerTimeoutMs,
      write: (text) => void (stream.writable && stream.write(text, 'latin1')),
      onNews: (line, pdu) => this.#news(line, pdu),
    })
    stream.on('data', (octets: Uint8Array) => this.#dialogue.receive(octets))
    stream.on('error', (error: Error) => this.#end(error))
    stream.on('close', () => this.#end(new Error('The modem vanished.')))
  }

  /** Brings the modem up. @throws AtError, ModemRefusal or Error, and then the session is over */
  async begin(): Promise<void> {
    const { config, timers, pinAttempts, onFacts } = this.#options
    this.#delivery = await bringUp({ dialogue: this.#dialogue, config, timers, pinAttempts })
    onFacts(await askFacts(this.#dialogue))
  }

  /** Reads what came in while nobody listened, and from time to time what was not announced. */
  listen(): void {
    this.#look()
    this.#pollLater()
  }

  /** Sends a segment; answers its id. @throws AtError */
  async send({ lengthOctets, pdu }: ModemSegment, phone: string): Promise<string> {
    const [answer = ''] = await this.#dialogue.command(`AT+CMGS=${lengthOctets}`, {
      body: pdu,
      prefix: '+CMGS:',
      timeoutMs: this.#options.config.sendTimeoutMs,
    })
    return segmentId(Number(/\d+/.exec(answer)?.[0] ?? 0), phone)
  }

  /** Has the modem start anew; it may well not answer. */
  async reset(how: Reset): Promise<void> {
    const { stream, letGo } = this.#port
    if (how === 'line') await letGo?.()
    if (stream.writable) stream.write('AT+CFUN=1,1\r')
  }

  /** Ends the session; resolves once the port is free. */
  close(): Promise<void> {
    this.#isOver = true
    this.#cancelPoll()
    this.#dialogue.close()
    return this.#port.close()
  }

  #end(error: Error): void {
    if (this.#isOver) return
    void this.close()
    this.#options.onEnd(error)
  }

  #news(line: string, pdu: string | undefined): void {
    if (pdu !== undefined) this.#handedOver(pdu)
    else if (/^\+(CMTI|CDSI):/.test(line)) this.#look()
  }

  /** A receipt, or a text where the modem does not store: nobody can ask for it again, so it is kept here until stored. */
  #handedOver(pdu: string): void {
    const { line, store, log } = this.#options
    const inbound = readIncoming(line, pdu, 'direct')
    if (inbound === undefined) {
      log('warn', 'serial: a message could not be read', { octets: pdu.length / 2 })
      return
    }
    store(inbound)
      .then(() => this.#acknowledge())
      .catch((error: unknown) => {
        log('warn', 'serial: what came in could not be stored', { problem: String(error) })
        this.#options.timers.after(STORE_AGAIN_MS, () => this.#handedOver(pdu))
      })
  }

  /** The network need not send it again. */
  async #acknowledge(): Promise<void> {
    if (this.#delivery.wantsAcknowledgement && !this.#isOver) await attempt(this.#dialogue, 'AT+CNMA').catch(() => {})
  }

  /** Looks at the storage once those looks are over that were asked for before. */
  #look(): void {
    if (this.#isLookAsked) return
    this.#isLookAsked = true
    const sweep = () => {
      this.#isLookAsked = false
      return this.#isOver ? undefined : this.#sweep()
    }
    this.#looking = this.#looking.then(sweep).catch((error: unknown) => {
      if (error instanceof AtError && !isFatal(error)) {
        this.#options.log('warn', 'serial: the storage could not be read', { problem: error.message })
      } else this.#end(error instanceof Error ? error : new Error(String(error)))
    })
  }

  /** Hands over all that was received, and deletes what is stored with us. */
  async #sweep(): Promise<void> {
    const lines = await this.#dialogue.command('AT+CMGL=4', { prefix: '+CMGL:', timeoutMs: 30_000 })
    for (const { index, pdu } of listed(lines)) {
      if (this.#isOver) return
      await this.#takeStored(index, pdu)
    }
  }

  async #takeStored(index: number, pdu: string): Promise<void> {
    const { line, store, log } = this.#options
    const inbound = readIncoming(line, pdu, String(index))
    // It stays where it is: somebody may want to look at it, and it is none of ours.
    if (inbound === undefined) return log('warn', 'serial: a stored message could not be read', { index })
    try {
      await store(inbound)
    } catch (error) {
      log('warn', 'serial: what came in could not be stored', { index, problem: String(error) })
      this.#lookAgain()
      return
    }
    await this.#dialogue.command(`AT+CMGD=${index}`)
  }

  #lookAgain(): void {
    if (this.#isLookDue) return
    this.#isLookDue = true
    this.#options.timers.after(STORE_AGAIN_MS, () => {
      this.#isLookDue = false
      this.#look()
    })
  }

  #pollLater(): void {
    const { config, timers } = this.#options
    this.#cancelPoll = timers.after(config.pollMs, () => {
      void this.#poll()
        .catch((error: unknown) => this.#end(error instanceof Error ? error : new Error(String(error))))
        .finally(() => !this.#isOver && this.#pollLater())
    })
  }

  async #poll(): Promise<void> {
    this.#look()
    await this.#looking
    if (this.#isOver) return
    this.#options.onFacts(await askFacts(this.#dialogue))
    await this.#announceAgain()
    this.#looksWithoutNetwork = (await isRegistered(this.#dialogue)) ? 0 : this.#looksWithoutNetwork + 1
    if (this.#looksWithoutNetwork >= LOOKS_WITHOUT_NETWORK) throw new Error('The modem has lost the network.')
  }

  /** A modem that waited too long for an AT+CNMA gives out nothing more until it is asked to (3GPP TS 27.005 §3.4.4). */
  async #announceAgain(): Promise<void> {
    const { announced, wantsAcknowledgement } = this.#delivery
    if (wantsAcknowledgement && announced !== undefined) await attempt(this.#dialogue, announced)
  }
}

/** A modem that does not answer, or is gone, is of no use; one that says no may say yes tomorrow. */
function isFatal({ problem: { kind } }: AtError): boolean {
  return kind === 'silent' || kind === 'closed'
}

/** The received messages among the lines of AT+CMGL: 0 unread, 1 read; 2 and 3 are messages of its own. */
function listed(lines: readonly string[]): { readonly index: number; readonly pdu: string }[] {
  return lines.flatMap((line, position) => {
    const [, index, status] = /^\+CMGL: *(\d+), *(\d+)/.exec(line) ?? []
    const pdu = lines[position + 1]
    if (index === undefined || pdu === undefined || pdu.startsWith('+')) return []
    return status === '0' || status === '1' ? [{ index: Number(index), pdu }] : []
  })
}
