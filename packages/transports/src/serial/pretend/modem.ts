import type { Duplex } from 'node:stream'
import {
  addPart,
  concatElement,
  decodeModemPdu,
  encodeDeliver,
  encodeStatusReport,
  encodeText,
  findConcatenation,
  type HeldMessage,
  partKey,
  SmsError,
  type SubmitTpdu,
  segment,
  tpduAddress,
  writtenAddress,
} from '@textloom/sms'
import { systemTimers, type Timers } from '../../timers.ts'
import { answerTo, type ModemState } from './answers.ts'
import { MessageStorage } from './storage.ts'

/** How a pretend modem is made. */
export interface PretendModemOptions {
  /** Places in its storage. Default 20. */
  readonly capacity?: number
  /** The PIN its SIM asks for; none by default. */
  readonly pin?: string
  /** How many wrong PINs the SIM still bears. Default 3. */
  readonly pinTries?: number
  /** `direct`: it stores nothing, and gives out (+CMT) what comes in until that is acknowledged. Default `stored`. */
  readonly delivers?: 'stored' | 'direct'
  readonly timers?: Timers
}

/** What goes wrong, from now on or once. */
export interface ModemFaults {
  /** Answers nothing at all. */
  isSilent?: boolean
  /** The next message is refused with this `+CMS ERROR`. */
  refuseNext?: number
  /** The next message is answered only after so long. */
  delayNextMs?: number
  /** A line of news stands in the middle of each answer. */
  isChatty?: boolean
  /** Announces nothing that comes in. */
  isQuiet?: boolean
  /** The network is gone. */
  isOffline?: boolean
  /** The plug is pulled once so many octets more were written, be it in the middle of a line. */
  unplugAfterOctets?: number
  /** The next so many commands are answered with ERROR. */
  errorsNext?: number
  /** The SIM is busy when the next so many ask for its state. */
  simBusyNext?: number
  /** The next message is never prompted for. */
  isPromptless?: boolean
}

/** A text that somebody's phone got by way of the modem. */
export interface ReceivedText {
  readonly to: string
  readonly text: string
}

const GIVE_OUT_AGAIN_MS = 300
const CTRL_Z = 0x1a
const ESC = 0x1b
const CR = 0x0d
const LF = 0x0a

/**
 * A modem that is none, with phones on its other side: enough of 3GPP TS 27.005 and TS 27.007 in PDU mode for gammu,
 * gnokii, smstools, Kannel and us.
 */
export class PretendModem {
  readonly faults: ModemFaults = {}
  /** All texts that phones got, oldest first. */
  readonly texts: ReceivedText[] = []
  /** Hears every command. */
  onCommand: (line: string) => void = () => {}
  /** Hears of every text that a phone got. */
  onText: (text: ReceivedText) => void = () => {}
  readonly #timers: Timers
  readonly #storage: MessageStorage
  readonly #state: ModemState
  readonly #held = new Map<string, HeldMessage>()
  readonly #watchers = new Set<(text: ReceivedText) => void>()
  /** Called when what was given out is acknowledged; only one message is out at a time. */
  #acknowledged: (() => void) | undefined
  #givingOut: Promise<void> = Promise.resolve()
  #stream: Duplex | undefined
  #typed: number[] = []
  /** The length that AT+CMGS named, while the PDU is waited for. */
  #awaitedOctets: number | undefined
  #reference = 0
  #textReference = 0
  /** Two texts never come in the same second: their time stamps are all that tells them apart. */
  #lastSecond = 0

  constructor({
    capacity = 20,
    pin,
    pinTries = 3,
    delivers = 'stored',
    timers = systemTimers,
  }: PretendModemOptions = {}) {
    this.#timers = timers
    this.#storage = new MessageStorage(capacity)
    this.#state = {
      echoes: true,
      errors: 'plain',
      pin,
      isUnlocked: pin === undefined,
      pinTries,
      delivers,
      announces: '0,0,0,0,0',
      storage: this.#storage,
    }
  }

  /** Plugs the modem in. What was plugged in before is forgotten. */
  attach(stream: Duplex): void {
    this.#stream = stream
    this.#typed = []
    this.#awaitedOctets = undefined
    stream.on('data', (octets: Uint8Array) => {
      for (const octet of octets) this.#type(octet)
    })
    stream.on('error', () => {})
  }

  /** Starts anew, as after a dip of its power: what was set is forgotten, what is stored stays. */
  restart(): void {
    Object.assign(this.#state, { echoes: true, errors: 'plain', announces: '0,0,0,0,0' })
    this.#state.isUnlocked = this.#state.pin === undefined
    this.#typed = []
    this.#awaitedOctets = undefined
    this.#write('\r\nRDY\r\n')
  }

  /** Pulls the plug. */
  unplug(): void {
    this.#stream?.destroy()
    this.#stream = undefined
  }

  /** A phone writes a text; resolves once the program behind the modem has deleted all of it, having stored it. */
  async hears(from: string, text: string): Promise<void> {
    const { encoding, segments } = segment(text)
    this.#textReference = (this.#textReference + 1) & 0xff
    const part = { reference: this.#textReference, referenceBits: 8, total: segments.length } as const
    this.#lastSecond = Math.max(this.#lastSecond + 1, Math.floor(this.#timers.now() / 1000))
    const deleted = segments.map(({ text: body }, index) => {
      const pdu = encodeDeliver({
        originator: tpduAddress(from),
        elements: segments.length === 1 ? [] : [concatElement({ ...part, sequence: index + 1 })],
        alphabet: encoding,
        octets: encodeText(body, encoding),
        sentAtMs: this.#lastSecond * 1000,
      })
      return this.#arrives(pdu)
    })
    await Promise.all(deleted)
  }

  /** The next text that a phone gets, whole. */
  next(): Promise<ReceivedText> {
    return new Promise((resolve) => this.#watchers.add(resolve))
  }

  /** Empties the storage, as another program with the same modem may. */
  deleteAll(): void {
    for (const [place] of this.#storage.entries()) this.#storage.delete(place)
  }

  /** Writes octets that nobody can make sense of. */
  noise(octets: Uint8Array): void {
    this.#stream?.write(octets)
  }

  #arrives(pdu: Uint8Array): Promise<void> {
    if (this.#state.delivers === 'stored') return this.#isStored(pdu)
    this.#givingOut = this.#givingOut.then(() => this.#isGivenOut(pdu))
    return this.#givingOut
  }

  /** Gives a message out, again and again, until somebody acknowledges it. */
  async #isGivenOut(pdu: Uint8Array): Promise<void> {
    let isTaken = false
    while (!isTaken) {
      const [, announces] = this.#state.announces.split(',')
      if (announces === '2' && !this.faults.isQuiet) {
        this.#write(`\r\n+CMT: ,${pdu.length}\r\n00${Buffer.from(pdu).toString('hex').toUpperCase()}\r\n`)
      }
      isTaken = await new Promise<boolean>((resolve) => {
        this.#acknowledged = () => resolve(true)
        this.#timers.after(GIVE_OUT_AGAIN_MS, () => resolve(false))
      })
    }
  }

  async #isStored(pdu: Uint8Array): Promise<void> {
    // The network keeps what does not fit and tries again.
    while (this.#storage.isFull) await new Promise<void>((resolve) => this.#timers.after(50, resolve))
    await new Promise<void>((resolve) => {
      const place = this.#storage.put({ status: 0, pdu, onDeleted: resolve })
      const [, announces] = this.#state.announces.split(',')
      if (announces === '1' && !this.faults.isQuiet) this.#write(`\r\n+CMTI: "SM",${place}\r\n`)
    })
  }

  #type(octet: number): void {
    if (this.#state.echoes && this.#awaitedOctets === undefined) this.#write(String.fromCharCode(octet))
    if (octet === ESC) {
      this.#typed = []
      if (this.#awaitedOctets !== undefined) this.#answer([], 'OK')
      this.#awaitedOctets = undefined
    } else if (octet === CTRL_Z && this.#awaitedOctets !== undefined) this.#message(this.#line())
    else if (octet === CR && this.#awaitedOctets === undefined) this.#command(this.#line())
    else if (octet !== LF && octet !== CR) this.#typed.push(octet)
  }

  #line(): string {
    const line = String.fromCharCode(...this.#typed).trim()
    this.#typed = []
    return line
  }

  #command(line: string): void {
    if (line === '') return
    this.onCommand(line)
    const [, length] = /^AT\+CMGS=(\d+)$/i.exec(line) ?? []
    if (this.#isErroneous()) {
      this.#answer([], 'ERROR')
      return
    }
    if (length !== undefined && this.#state.isUnlocked) {
      const isPromptless = this.faults.isPromptless === true
      delete this.faults.isPromptless
      if (isPromptless) return
      this.#awaitedOctets = Number(length)
      this.#write('\r\n> ')
      return
    }
    if (/^AT\+CPIN\?/i.test(line) && this.#isSimBusy()) {
      this.#answer([], this.#state.errors === 'plain' ? 'ERROR' : '+CME ERROR: 14')
      return
    }
    if (/^AT\+CNMA/i.test(line)) this.#acknowledged?.()
    const { lines, result } = answerTo(line, this.#state, this.faults.isOffline === true)
    this.#answer(lines, result)
  }

  #isSimBusy(): boolean {
    const { simBusyNext = 0 } = this.faults
    if (simBusyNext > 0) this.faults.simBusyNext = simBusyNext - 1
    return simBusyNext > 0
  }

  #isErroneous(): boolean {
    const { errorsNext = 0 } = this.faults
    if (errorsNext > 0) this.faults.errorsNext = errorsNext - 1
    return errorsNext > 0
  }

  #message(digits: string): void {
    const awaited = this.#awaitedOctets
    this.#awaitedOctets = undefined
    const submit = submitOf(digits, awaited)
    const refusal = this.faults.isOffline ? 331 : this.faults.refuseNext
    delete this.faults.refuseNext
    if (submit === undefined || refusal !== undefined) {
      this.#answer([], `+CMS ERROR: ${submit === undefined ? 304 : refusal}`)
      return
    }
    const delayMs = this.faults.delayNextMs ?? 0
    delete this.faults.delayNextMs
    this.#reference = (this.#reference + 1) & 0xff
    const reference = this.#reference
    const accept = () => {
      this.#answer([`+CMGS: ${reference}`], 'OK')
      this.#reaches(submit)
      if (submit.wantsReport) this.#reports(submit, reference)
    }
    if (delayMs === 0) accept()
    else this.#timers.after(delayMs, accept)
  }

  #reaches({ destination, userData }: SubmitTpdu): void {
    const to = writtenAddress(destination)
    const concatenation = findConcatenation(userData.elements)
    const text = concatenation === undefined ? userData.text : this.#joined(to, { ...concatenation, ...userData })
    if (text === undefined) return
    const received = { to, text }
    this.texts.push(received)
    this.onText(received)
    for (const tell of [...this.#watchers]) tell(received)
    this.#watchers.clear()
  }

  #joined(
    destination: string,
    part: Omit<Parameters<typeof addPart>[1], 'source' | 'destination'>,
  ): string | undefined {
    const whole = { ...part, source: '', destination }
    const key = partKey(whole)
    const { held, message } = addPart(this.#held.get(key), whole, this.#timers.now(), { rememberMs: 0 })
    if (held !== undefined) this.#held.set(key, held)
    return message?.text
  }

  #reports({ destination }: SubmitTpdu, reference: number): void {
    const [, , , reports] = this.#state.announces.split(',')
    if (reports !== '1') return
    const now = this.#timers.now()
    const pdu = encodeStatusReport({ reference, recipient: destination, sentAtMs: now, doneAtMs: now, status: 0 })
    this.#write(`\r\n+CDS: ${pdu.length}\r\n00${Buffer.from(pdu).toString('hex').toUpperCase()}\r\n`)
  }

  #answer(answered: readonly string[], result: string): void {
    if (this.faults.isSilent) return
    const said = this.faults.isChatty ? answered.flatMap((line) => [line, '+CREG: 1', 'RING']) : answered
    // No empty line before a PDU: Kannel takes that for the PDU.
    const lines = said.length === 0 ? '' : `\r\n${said.join('\r\n')}\r\n`
    this.#write(`${lines}\r\n${result}\r\n`)
  }

  #write(text: string): void {
    if (this.faults.isSilent || !this.#stream?.writable) return
    const { unplugAfterOctets: left } = this.faults
    if (left === undefined || text.length < left) {
      if (left !== undefined) this.faults.unplugAfterOctets = left - text.length
      this.#stream.write(text, 'latin1')
      return
    }
    delete this.faults.unplugAfterOctets
    const stream = this.#stream
    this.#stream = undefined
    stream.write(text.slice(0, left), 'latin1', () => stream.destroy())
  }
}

/** The SMS-SUBMIT that was typed; undefined for what is none, or not as long as was said. */
function submitOf(digits: string, awaited: number | undefined): SubmitTpdu | undefined {
  const octets = Buffer.from(digits, 'hex')
  const centreOctets = 1 + (octets[0] ?? 0)
  if (octets.length === 0 || octets.length - centreOctets !== awaited) return undefined
  try {
    const { tpdu } = decodeModemPdu(octets, 'to-smsc')
    return tpdu.type === 'submit' ? tpdu : undefined
  } catch (error) {
    if (error instanceof SmsError) return undefined
    throw error
  }
}
