import {
  type Link,
  type LinkHost,
  type LinkStatus,
  type OutboundMt,
  type SendResult,
  TransportError,
} from '@textloom/core'
import { type BackoffPolicy, backoffMs, defaultBackoff } from '../backoff.ts'
import { MoIds } from '../connection/mo-ids.ts'
import { withLines } from '../connection/server-certificate.ts'
import { PartialSends } from '../segments/partial-sends.ts'
import { readMo } from '../smpp/deliver.ts'
import type { SmppErrorCode } from '../smpp/errors.ts'
import type { Pdu } from '../smpp/pdu/pdu.ts'
import { ESME, statusName } from '../smpp/pdu/status.ts'
import { failedMt, refusalOf } from '../smpp/refusal.ts'
import { type Connection, SmppServer } from '../smpp/server/link.ts'
import type { BindCommand, PeerRequest } from '../smpp/session-host.ts'
import { submitRequests } from '../smpp/submit.ts'
import type { Request } from '../smpp/window.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { Underway } from '../underway.ts'
import { type Accounts, accountsOf } from './accounts.ts'
import type { SmppServerConfig } from './config.ts'
import { deliveredReceipt } from './receipt.ts'

/** What a link takes from its surroundings; tests hand in their own. */
export interface ServerSurroundings {
  readonly timers?: Timers
  readonly random?: () => number
  readonly backoff?: BackoffPolicy
}

const BIND_TIMEOUT_MS = 10_000
const UNBIND_TIMEOUT_MS = 1_000
const NOBODY =
  'Nobody is bound. Whoever is to bind needs the address and the port of this machine, the system id and the password.'

/**
 * Textloom as the SMSC of other systems: what they submit comes in as MOs, MTs go out to them by deliver_sm. An MT is
 * delivered when one of them has taken it, and so is what they submit when it is stored: where they ask for it, a receipt
 * says so.
 */
export class SmppServerLink implements Link {
  readonly #id: string
  readonly #config: SmppServerConfig
  readonly #host: LinkHost
  readonly #accounts: Accounts
  readonly #timers: Timers
  readonly #random: () => number
  readonly #backoff: BackoffPolicy
  readonly #underway: Underway
  readonly #sends = new PartialSends()
  readonly #moIds = new Map<Connection, MoIds>()
  #server: SmppServer | undefined
  #state: LinkStatus['state'] = 'stopped'
  #since: number
  #lastError: string | undefined
  #isStopping = false
  #cancelRetry: (() => void) | undefined

  constructor(id: string, config: SmppServerConfig, host: LinkHost, surroundings: ServerSurroundings = {}) {
    this.#id = id
    this.#config = config
    this.#host = host
    this.#accounts = accountsOf(new Map([...Object.entries(config.accounts), [config.systemId, config.password]]))
    this.#timers = surroundings.timers ?? systemTimers
    this.#random = surroundings.random ?? Math.random
    this.#backoff = surroundings.backoff ?? defaultBackoff
    this.#underway = new Underway(this.#timers)
    this.#since = this.#timers.now()
  }

  start(): void {
    if (this.#server !== undefined) return
    this.#isStopping = false
    this.#listen(1)
  }

  status(): LinkStatus {
    const receivers = this.#receivers()
    return {
      state: this.#state,
      since: this.#since,
      inFlight: receivers.reduce((sum, { inFlight }) => sum + inFlight, 0),
      // Who only submits takes nothing: nothing is to be claimed for them.
      windowSize: this.#config.windowSize * receivers.length,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
      facts: { binds: this.#bound().length, ...this.#bindsByAccount() },
    }
  }

  send(mt: OutboundMt): Promise<SendResult> {
    return this.#underway.track(this.#send(mt))
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    this.#cancelRetry?.()
    await this.#underway.settled(graceMs)
    const server = this.#server
    this.#server = undefined
    this.#lastError = undefined
    this.#setState('stopped')
    await server?.close(UNBIND_TIMEOUT_MS)
  }

  async #send(mt: OutboundMt): Promise<SendResult> {
    if (this.#isStopping) throw notSent('smpp/stopped', `The link ${this.#id} is being stopped.`)
    const [first, ...others] = this.#receivers()
    if (first === undefined) throw notSent('smpp/nobody-bound', `Nobody is bound to the link ${this.#id} to receive.`)
    const connection = others.reduce((least, one) => (one.inFlight < least.inFlight ? one : least), first)
    const result = await this.#sends.send(mt.key, deliverRequests(mt, this.#config), async (deliver) => {
      try {
        const { status } = await connection.request(deliver)
        return status === ESME.ROK ? this.#host.newEpoch() : refusedByEsme(mt.key, status)
      } catch (error) {
        return failedMt(mt.key, error)
      }
    })
    // The result goes first; a receipt before it would only have to wait.
    if (mt.wantsDlr) setImmediate(() => this.#delivered(result))
    return result
  }

  #delivered({ providerIds }: SendResult): void {
    for (const providerId of providerIds) {
      this.#underway.track(this.#host.submit({ type: 'dlr', providerId, state: 'delivered' })).catch((error) => {
        this.#log('warn', 'smpp: that an MT was taken could not be stored', { problem: String(error) })
      })
    }
  }

  #listen(attempt: number): void {
    const { host, port } = this.#config
    let server: SmppServer
    try {
      server = this.#makeServer()
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      this.#lastError = `The TLS certificate and its key cannot be used: ${problem}.`
      this.#setState('refused')
      return
    }
    this.#server = server
    this.#setState('connecting')
    server.listen().then(
      () => {
        if (this.#server === server) this.#look()
      },
      (error: Error) => {
        if (this.#server !== server) return
        this.#lastError = `Nothing can listen on ${host}:${port}: ${error.message}.`
        this.#setState('waiting')
        const waitMs = backoffMs(this.#backoff.lost, attempt, this.#random)
        this.#cancelRetry = this.#timers.after(waitMs, () => this.#listen(attempt + 1))
      },
    )
  }

  #makeServer(): SmppServer {
    const { host, port, cert, key, windowSize, enquireLinkMs, responseTimeoutMs } = this.#config
    return new SmppServer({
      host,
      port,
      ...(cert === '' && key === '' ? {} : { certificate: { cert: withLines(cert), key: withLines(key) } }),
      timers: this.#timers,
      session: { windowSize, enquireLinkMs, responseTimeoutMs, bindTimeoutMs: BIND_TIMEOUT_MS },
      onBind: (bind) => ({ status: this.#statusOfBind(bind), systemId: 'textloom' }),
      onBound: (connection) => this.#boundBy(connection),
      onRequest: (connection, request) => this.#take(connection, request),
      onEnd: (connection) => this.#endedBy(connection),
      log: (level, message, fields) => this.#log(level, message, fields),
    })
  }

  #statusOfBind({ fields }: Pdu<BindCommand>): number {
    if (this.#isStopping || this.#bound().length >= this.#config.maxBinds) return ESME.RBINDFAIL
    return this.#accounts.statusOf(fields.system_id, fields.password)
  }

  #boundBy(connection: Connection): void {
    if (connection.mode !== 'receiver') {
      const isFirst = !this.#bound().some((one) => one !== connection && one.mode !== 'receiver')
      const epoch = this.#host.newEpoch()
      this.#moIds.set(connection, new MoIds(`mo:${this.#id}:${epoch}-${connection.id}`))
      if (isFirst) this.#host.bound({ epoch })
    }
    this.#look()
  }

  #endedBy(connection: Connection): void {
    const submitted = this.#moIds.delete(connection)
    // What it was not answered comes again by the others.
    if (submitted && this.#moIds.size > 0) this.#host.bound({ epoch: this.#host.newEpoch() })
    if (this.#server !== undefined && this.#state === 'bound') this.#look()
  }

  #look(): void {
    const isBound = this.#bound().length > 0
    this.#lastError = isBound ? undefined : NOBODY
    this.#setState(isBound ? 'bound' : 'waiting')
  }

  /** Answers when the host has stored what was submitted, and not before. */
  #take(connection: Connection, { pdu, answer }: PeerRequest): boolean {
    if (pdu.command !== 'submit_sm' && pdu.command !== 'data_sm') return false
    const moIds = this.#moIds.get(connection)
    if (moIds === undefined) {
      answer(ESME.RINVBNDSTS)
      return true
    }
    const { dataCoding0 } = this.#config
    const mo = readMo(pdu, { dataCoding0, moId: (sequence, fingerprint) => moIds.idOf(sequence, fingerprint) })
    const facts = { ...mo.facts, systemId: connection.systemId }
    this.#underway.track(this.#host.submit({ ...mo, facts })).then(
      () => {
        const id = this.#host.newEpoch()
        answer(ESME.ROK, { message_id: id })
        this.#sendReceipt(pdu, id)
      },
      (error: unknown) => {
        this.#log('warn', 'smpp: what was submitted could not be stored', { problem: String(error) })
        answer(ESME.RMSGQFUL)
      },
    )
    return true
  }

  #sendReceipt(pdu: Pdu<'submit_sm' | 'data_sm'>, id: string): void {
    const receipt = deliveredReceipt(pdu, id, this.#host.now())
    const [connection] = this.#receivers()
    if (receipt === undefined || connection === undefined) return
    connection.request(receipt).catch((error: unknown) => {
      this.#log('warn', 'smpp: a receipt was not taken', { problem: String(error) })
    })
  }

  /** How many connections each system has, where several may bind. */
  #bindsByAccount(): { readonly [name: string]: number } {
    if (Object.keys(this.#config.accounts).length === 0) return {}
    const bySystem = Map.groupBy(this.#bound(), ({ systemId }) => systemId)
    return Object.fromEntries([...bySystem].map(([systemId, binds]) => [`binds of ${systemId}`, binds.length]))
  }

  #bound(): readonly Connection[] {
    return (this.#server?.connections ?? []).filter(({ state }) => state === 'bound')
  }

  #receivers(): readonly Connection[] {
    return this.#bound().filter(({ mode }) => mode !== 'transmitter')
  }

  #setState(state: LinkStatus['state']): void {
    if (state !== this.#state) this.#since = this.#timers.now()
    this.#state = state
    this.#host.status(this.status())
  }

  #log(...[level, message, fields]: Parameters<LinkHost['log']>): void {
    this.#host.log(level, message, { link: this.#id, ...fields })
  }
}

/** The deliver_sm that carry an MT, one per segment. */
function deliverRequests(
  mt: OutboundMt,
  { dataCoding0, longMessages }: SmppServerConfig,
): readonly Request<'deliver_sm'>[] {
  const settings = { source: {}, destination: {}, dataCoding0, longMessages, nationalTables: [] }
  return submitRequests(mt, settings).map(({ fields = {}, tlvs = {} }) => ({
    command: 'deliver_sm',
    // SMPP 3.4 §4.6.1: a deliver_sm has neither a validity nor a wish for receipts of the network.
    fields: { ...fields, registered_delivery: 0, validity_period: '' },
    tlvs,
  }))
}

function refusedByEsme(key: string, status: number): TransportError {
  const { retry } = refusalOf(status)
  const code: SmppErrorCode = retry === 'never' ? 'smpp/esme-refused' : 'smpp/esme-busy'
  const advice = retry === 'never' ? 'Ask whoever runs it.' : 'It is tried again.'
  return new TransportError(code, `The system that is bound refused MT ${key} (${statusName(status)}). ${advice}`, {
    retry,
  })
}

function notSent(code: SmppErrorCode, message: string): TransportError {
  return new TransportError(code, `${message} The MT has not left and is sent later.`, { retry: 'later' })
}
