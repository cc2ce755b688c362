import type { Buffer } from 'node:buffer'
import { RequestError } from '../connection/request-error.ts'
import { decodePdu, emptyPdu } from './pdu/decode.ts'
import { commands, commandsById, responseOf } from './pdu/definitions.ts'
import { encodePdu } from './pdu/encode.ts'
import { FramingError, PduError } from './pdu/errors.ts'
import { Framing } from './pdu/framing.ts'
import type { BindFields, CommandName, Pdu, PduInput, RequestName, ResponseName } from './pdu/pdu.ts'
import { ESME, statusName } from './pdu/status.ts'
import type { BindCommand, BindMode, SessionEnd, SessionHost, SessionOptions, SessionState } from './session-host.ts'
import { type Answer, type Request, RequestWindow } from './window.ts'

/** Requests of the peer that may be unanswered at once; the next ones are told to come again. */
const MAX_UNANSWERED = 5_000

/**
 * One SMPP connection from either end, without its socket: octets go in by `receive` and out by `host.write`, and time is
 * the host's. It cannot freeze: whatever comes is a PDU to answer, a PDU to refuse, or the end of the session.
 */
export class Session {
  readonly #host: SessionHost
  readonly #options: SessionOptions
  readonly #framing = new Framing()
  readonly #requests: RequestWindow
  #state: SessionState = 'open'
  #mode: BindMode | undefined
  #lastReceivedAt: number
  #unanswered = 0
  #cancelIdleTimer: (() => void) | undefined

  constructor(host: SessionHost, options: SessionOptions) {
    this.#host = host
    this.#options = options
    this.#lastReceivedAt = host.timers.now()
    this.#requests = new RequestWindow({ ...options, timers: host.timers, write: (octets) => this.#write(octets) })
  }

  get state(): SessionState {
    return this.#state
  }

  /** What the session is bound as; undefined before. */
  get mode(): BindMode | undefined {
    return this.#mode
  }

  /** Our requests that are unanswered. */
  get inFlight(): number {
    return this.#requests.inFlight
  }

  /** Our requests that the window has no room for yet. */
  get waiting(): number {
    return this.#requests.waiting
  }

  /** Requests of the peer that are unanswered. */
  get unanswered(): number {
    return this.#unanswered
  }

  /** Binds as an ESME. What becomes of it is told by `onBound` or `onEnd`. */
  bind(mode: BindMode, fields: Partial<BindFields>): void {
    this.#state = 'binding'
    this.#mode = mode
    const { bindTimeoutMs } = this.#options
    // The answer itself is dealt with in #take, so that a deliver_sm right behind it finds the session bound.
    this.#requests.sendBeside({ command: `bind_${mode}`, fields }, bindTimeoutMs).catch((error: RequestError) => {
      if (error.reason !== 'no-response') return
      this.#end({
        reason: 'bind-silent',
        message: `The SMSC has not answered the bind for ${bindTimeoutMs / 1000} s. If interfaceVersion is above 52 (0x34), 52 is tried next.`,
      })
    })
  }

  /**
   * Sends a request and waits for its answer, whatever its status.
   *
   * @throws RequestError if there is none; PduError if a value does not fit its field.
   */
  request<C extends RequestName>(request: Request<C>): Promise<Answer> {
    if (this.#state === 'bound') return this.#requests.send(request)
    return Promise.reject(new RequestError('not-sent', `The session is ${this.#state}, not bound.`))
  }

  /** Says goodbye, waits for the answer at most so long, and closes. */
  async unbind(timeoutMs: number): Promise<void> {
    if (this.#state === 'closed' || this.#state === 'unbinding') return
    const wasBound = this.#state === 'bound'
    this.#state = 'unbinding'
    this.#requests.failWaiting('The session is being unbound.')
    if (wasBound) await this.#requests.sendBeside({ command: 'unbind' }, timeoutMs).catch(() => undefined)
    this.#end({ reason: 'stopped', message: 'The session was unbound.' })
  }

  /** Takes octets of the peer. */
  receive(octets: Buffer): void {
    if (this.#isClosed()) return
    this.#lastReceivedAt = this.#host.timers.now()
    try {
      for (const pdu of this.#framing.push(octets)) {
        this.#host.onPdu?.('in', pdu)
        this.#takeOctets(pdu)
        if (this.#isClosed()) return
      }
    } catch (error) {
      if (!(error instanceof FramingError)) throw error
      this.#send({ command: 'generic_nack', status: error.status, sequence: 0 })
      this.#end({ reason: 'garbage', message: error.message })
    }
  }

  /** The connection is gone. */
  lost(message: string): void {
    this.#end({ reason: 'connection-lost', message })
  }

  #takeOctets(octets: Buffer): void {
    let pdu: Pdu
    try {
      pdu = decodePdu(octets)
    } catch (error) {
      if (!(error instanceof PduError)) throw error
      this.#refuse(error)
      return
    }
    if (isAnswer(pdu)) this.#takeAnswer(pdu)
    else this.#takeRequest(pdu)
  }

  /** A PDU that does not parse costs that PDU only; an answer that does not parse still answers, by its header. */
  #refuse({ message, status, header }: PduError): void {
    this.#host.log('warn', 'smpp: a PDU does not parse', { problem: message })
    if (header === undefined) return
    const name = commandsById.get(header.commandId)?.name
    if (name !== undefined && isAnswerName(name)) this.#takeAnswer(emptyPdu(name, header))
    else if (header.commandId >>> 31 === 1) return
    else this.#send({ command: responseTo(name) ?? 'generic_nack', status, sequence: header.sequence })
  }

  #takeAnswer(answer: Answer): void {
    const isBindAnswer =
      this.#state === 'binding' && answer.command !== 'generic_nack' && answer.command.startsWith('bind_')
    if (!this.#requests.settle(answer)) {
      this.#host.log('debug', 'smpp: an answer that nobody waits for', { command: answer.command })
    } else if (isBindAnswer && answer.status === ESME.ROK) {
      this.#becomeBound()
    } else if (this.#state === 'binding') {
      const message = `The SMSC refused the bind (${statusName(answer.status)}).`
      this.#end({ reason: 'bind-refused', message, status: answer.status })
    }
  }

  #takeRequest(pdu: Pdu): void {
    switch (pdu.command) {
      case 'enquire_link':
        this.#send({ command: 'enquire_link_resp', sequence: pdu.sequence })
        break
      case 'unbind':
        this.#send({ command: 'unbind_resp', sequence: pdu.sequence })
        this.#end({ reason: 'peer-unbound', message: 'The peer unbound.' })
        break
      case 'bind_receiver':
      case 'bind_transmitter':
      case 'bind_transceiver':
        this.#takeBind(pdu)
        break
      case 'outbind':
      case 'alert_notification':
        this.#host.log('info', `smpp: the peer sent ${pdu.command}, which needs no answer`)
        break
      default:
        this.#takeOther(pdu as Pdu<RequestName>)
    }
  }

  #takeBind(pdu: Pdu<BindCommand>): void {
    const verdict = this.#state === 'open' ? this.#verdictOnBind(pdu) : { status: ESME.RALYBND, systemId: '' }
    if (verdict === undefined) return
    const { status, systemId } = verdict
    const fields = { system_id: systemId }
    this.#send({ command: responseOf[pdu.command], status, sequence: pdu.sequence, fields })
    if (this.#state !== 'open') return
    if (status === ESME.ROK) {
      this.#mode = pdu.command.slice('bind_'.length) as BindMode
      this.#becomeBound()
    } else {
      this.#end({ reason: 'bind-refused', message: `The bind was refused (${statusName(status)}).`, status })
    }
  }

  #verdictOnBind(pdu: Pdu<BindCommand>): { readonly status: number; readonly systemId: string } | undefined {
    return this.#host.onBind === undefined ? { status: ESME.RINVBNDSTS, systemId: '' } : this.#host.onBind(pdu)
  }

  #takeOther(pdu: Pdu<RequestName>): void {
    const { command, sequence } = pdu
    const refusal = this.#refusalOfRequests()
    if (refusal !== undefined) {
      this.#send({ command: responseOf[command], status: refusal, sequence })
      return
    }
    this.#unanswered++
    let isAnswered = false
    const isServed = this.#host.onRequest({
      pdu,
      answer: (status, fields = {}) => {
        if (isAnswered) return
        isAnswered = true
        this.#unanswered--
        if (!this.#isClosed()) this.#send({ command: responseOf[command], status, sequence, fields })
      },
    })
    if (isServed) return
    this.#unanswered--
    this.#host.log('warn', `smpp: ${command} is not served here`)
    this.#send({ command: 'generic_nack', status: ESME.RINVCMDID, sequence })
  }

  /** Why requests are not taken now; temporary while that will change, so that no MO is given up. */
  #refusalOfRequests(): number | undefined {
    // Some SMSCs send what has waited before they answer the bind.
    const isPassing = this.#state === 'binding' || this.#state === 'unbinding' || this.#unanswered >= MAX_UNANSWERED
    if (isPassing) return ESME.RX_T_APPN
    return this.#state === 'bound' ? undefined : ESME.RINVBNDSTS
  }

  #becomeBound(): void {
    this.#state = 'bound'
    this.#watchSilence()
    if (this.#mode !== undefined) this.#host.onBound(this.#mode)
  }

  /** Asks a peer that has been silent whether it is there; one that stays silent is not (SMPP 3.4 §4.11). */
  #watchSilence(): void {
    const { enquireLinkMs, responseTimeoutMs } = this.#options
    const silentMs = this.#host.timers.now() - this.#lastReceivedAt
    this.#cancelIdleTimer = this.#host.timers.after(Math.max(enquireLinkMs - silentMs, 1), () => {
      if (this.#host.timers.now() - this.#lastReceivedAt < enquireLinkMs) this.#watchSilence()
      else this.#enquire(Math.min(enquireLinkMs, responseTimeoutMs))
    })
  }

  #enquire(timeoutMs: number): void {
    const askedAt = this.#host.timers.now()
    const goOn = () => {
      if (this.#state === 'bound') this.#watchSilence()
    }
    this.#requests.sendBeside({ command: 'enquire_link' }, timeoutMs).then(goOn, (error: RequestError) => {
      // A busy peer that answers late is not a dead one.
      if (this.#lastReceivedAt > askedAt) goOn()
      else if (error.reason === 'no-response') this.#endSilent()
    })
  }

  #endSilent(): void {
    const seconds = Math.round((this.#host.timers.now() - this.#lastReceivedAt) / 1000)
    this.#end({ reason: 'silent', message: `The peer has been silent for ${seconds} s and answers no enquire_link.` })
  }

  #send<C extends CommandName>(pdu: PduInput<C>): void {
    this.#write(encodePdu(pdu))
  }

  #write(octets: Buffer): void {
    this.#host.onPdu?.('out', octets)
    this.#host.write(octets)
  }

  #end(end: SessionEnd): void {
    if (this.#isClosed()) return
    this.#state = 'closed'
    this.#cancelIdleTimer?.()
    this.#requests.fail(end.message)
    this.#host.close()
    this.#host.onEnd(end)
  }

  #isClosed(): boolean {
    return this.#state === 'closed'
  }
}

function isAnswer(pdu: Pdu): pdu is Answer {
  return isAnswerName(pdu.command)
}

function isAnswerName(name: CommandName): name is Answer['command'] {
  return commands[name].isResponse
}

function responseTo(name: CommandName | undefined): ResponseName | undefined {
  if (name === undefined || name === 'outbind' || name === 'alert_notification' || isAnswerName(name)) return undefined
  return responseOf[name]
}
