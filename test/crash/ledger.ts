import type { Buffer } from 'node:buffer'
import type { PretendSmsc } from '@textloom/transports/pretend-smsc'
import { readPdu } from './read-pdu.ts'

/** One thing the SMSC saw, in the order in which it saw them. Times are epoch milliseconds. */
export type LedgerLine = { readonly at: number } & (
  | { readonly type: 'bind' | 'unbind' | 'closed'; readonly connection: number }
  | ({ readonly type: 'mo sent' | 'dlr sent' } & Sent)
  | ({ readonly type: 'mo answered' | 'dlr answered' | 'mt answered' } & Answered)
  | ({ readonly type: 'mt received' } & Sent)
  /** Only of a reader: an MT that the SMSC refused, for which see its answer. */
  | ({ readonly type: 'mt refused' } & OnConnection)
  /** Something was killed; `how` says what. */
  | { readonly type: 'kill'; readonly how: string }
  /** The runtime said that it is ready again. */
  | { readonly type: 'start' }
)

interface OnConnection {
  readonly connection: number
  readonly sequence: number
}

interface Sent extends OnConnection {
  readonly phone: string
  readonly text: string
}

interface Answered extends OnConnection {
  /** command_status: 0 is ESME_ROK. */
  readonly status: number
}

/** What a ledger takes from an SMSC. */
export type Witnessed = Pick<PretendSmsc, 'ledger' | 'onEvent'>

/** Keeps the books of an SMSC: every PDU that matters, and what was done to the runtime. */
export class Ledger {
  readonly #smsc: Witnessed
  readonly #lines: LedgerLine[] = []
  readonly #kinds = new Map<string, 'mo' | 'dlr'>()
  #read = 0

  constructor(smsc: Witnessed) {
    this.#smsc = smsc
    smsc.onEvent((event) => {
      if (event.type !== 'unbound') return
      this.#catchUp()
      this.#lines.push({ at: event.at, type: 'closed', connection: event.connection })
    })
  }

  /** Everything so far. */
  get lines(): readonly LedgerLine[] {
    this.#catchUp()
    return this.#lines
  }

  /** As a file of JSON lines. */
  toString(): string {
    return this.lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  killed(how: string): void {
    this.#catchUp()
    this.#lines.push({ at: Date.now(), type: 'kill', how })
  }

  started(): void {
    this.#catchUp()
    this.#lines.push({ at: Date.now(), type: 'start' })
  }

  #catchUp(): void {
    for (const { at, connection, direction, octets } of this.#smsc.ledger.slice(this.#read)) {
      const line = this.#lineOf(connection, direction, octets)
      if (line !== undefined) this.#lines.push({ at, ...line } as LedgerLine)
    }
    this.#read = this.#smsc.ledger.length
  }

  #lineOf(connection: number, direction: 'in' | 'out', octets: Buffer): Record<string, unknown> | undefined {
    const { command, sequence, status, message } = readPdu(octets)
    const name = `${connection} ${sequence}`
    switch (`${direction} ${command}`) {
      case 'out deliver_sm': {
        const kind = message?.isReceipt ? 'dlr' : 'mo'
        this.#kinds.set(name, kind)
        return { type: `${kind} sent`, connection, sequence, phone: message?.from, text: message?.text }
      }
      case 'in deliver_sm_resp':
        return { type: `${this.#kinds.get(name)} answered`, connection, sequence, status }
      case 'in submit_sm':
        return { type: 'mt received', connection, sequence, phone: message?.to, text: message?.text }
      case 'out submit_sm_resp':
        return { type: 'mt answered', connection, sequence, status }
      case 'in bind_transceiver':
        return { type: 'bind', connection }
      case 'in unbind':
        return { type: 'unbind', connection }
      default:
        return undefined
    }
  }
}
