import type { Dice } from './dice.ts'
import type { LedgerLine, Part } from './ledger.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Timeline } from './timeline.ts'

/** An MO as the network delivers it: each time under the same id. */
export interface NetworkMo {
  readonly phone: string
  readonly channel: string
  readonly text: string
  /** The how manieth of its phone, from 1. */
  readonly n: number
  /** Of a long text: which part of how many, and which of the long texts of its phone. */
  readonly part?: Part
}

/** What is at the other end of a bind. */
export interface BoundClient {
  readonly process: SimulatedProcess
  /** An MO, and how to say whether it was taken. */
  deliver(mo: NetworkMo, answer: (isTaken: boolean) => void): void
  /** A receipt, likewise. */
  report(providerId: string, answer: (isTaken: boolean) => void): void
  closed(): void
}

/** What the network says to an MT; `lost`: it closes the connection instead. */
export type Verdict = 'accepted' | 'later' | 'throttled' | 'lost'

/** `providerId`: what the network calls an MT that it accepted. */
type Answered = (verdict: Verdict, providerId: string) => void

interface Bind {
  readonly link: string
  readonly client: BoundClient
  isOpen: boolean
}

export interface NetworkDeps {
  readonly timeline: Timeline
  readonly dice: Dice
  note(line: LedgerLine): void
  /** An MT has come to a phone for the first time. */
  arrived(phone: string, text: string): void
  /** Shares of MOs that come twice, and of MTs that are not simply accepted. */
  readonly trouble: { doubled: number; refusing: number }
}

const ANSWER_WITHIN_MS = 14_000

/**
 * The network between phones and links. A phone's MO is delivered again until it is acknowledged, by whichever bind is
 * there, and the next one only then; every other order would be the network's own. One bind for each link.
 */
export class Network {
  readonly #deps: NetworkDeps
  readonly #binds: Bind[] = []
  /** MOs of each phone that are not acknowledged, the oldest first. */
  readonly #waiting = new Map<string, NetworkMo[]>()
  readonly #written = new Map<string, number>()
  readonly #arrived = new Set<string>()
  #accepted = 0

  constructor(deps: NetworkDeps) {
    this.#deps = deps
  }

  /** A phone writes. */
  write(phone: string, channel: string, text: string, part?: NetworkMo['part']): void {
    const n = (this.#written.get(phone) ?? 0) + 1
    this.#written.set(phone, n)
    this.#deps.note({ at: this.#deps.timeline.nowMs, what: 'written', phone, text, n, ...(part && { part }) })
    const waiting = this.#waiting.get(phone) ?? []
    this.#waiting.set(phone, waiting)
    waiting.push({ phone, channel, text, n, ...(part && { part }) })
    if (waiting.length === 1) this.#deliverNext(phone)
  }

  /** A client binds; an older bind of that link is closed. */
  bind(link: string, client: BoundClient): { submit(mt: Mt, answered: Answered): void; close(): void } {
    for (const other of [...this.#binds]) if (other.link === link) this.#close(other)
    const bind: Bind = { link, client, isOpen: true }
    this.#binds.push(bind)
    client.process.onDeath(() => this.#close(bind))
    return { submit: (mt, answered) => this.#take(bind, mt, answered), close: () => this.#close(bind) }
  }

  /** Closes a bind of chance. */
  breakOne(): void {
    if (this.#binds.length > 0) this.#close(this.#deps.dice.one(this.#binds))
  }

  #deliverNext(phone: string): void {
    const { timeline, dice, trouble } = this.#deps
    const mo = this.#waiting.get(phone)?.[0]
    if (mo === undefined) return
    const isWaiting = () => this.#waiting.get(phone)?.[0] === mo
    const again = (ms: number) => timeline.after(ms, () => isWaiting() && this.#deliverNext(phone))
    if (this.#binds.length === 0) {
      again(1_000)
      return
    }
    const giveUp = again(ANSWER_WITHIN_MS + dice.between(0, 2_000))
    const hear = (isTaken: boolean) => {
      if (!isWaiting()) return
      giveUp()
      if (!isTaken) return void again(dice.between(500, 3_000))
      this.#deps.note({ at: timeline.nowMs, what: 'acknowledged', phone, n: mo.n })
      this.#waiting.get(phone)?.shift()
      if (dice.chance(trouble.doubled))
        timeline.after(dice.between(0, 20_000), () => this.#deliver(mo, () => undefined))
      this.#deliverNext(phone)
    }
    this.#deliver(mo, hear)
    if (dice.chance(trouble.doubled)) this.#deliver(mo, hear)
  }

  #deliver(mo: NetworkMo, hear: (isTaken: boolean) => void): void {
    const { timeline, dice } = this.#deps
    if (this.#binds.length === 0) return
    const bind = dice.one(this.#binds)
    const answer = (isTaken: boolean) => timeline.after(dice.between(1, 30), () => bind.isOpen && hear(isTaken))
    bind.client.process.after(dice.between(1, 30), () => bind.isOpen && bind.client.deliver(mo, answer))
  }

  #take(bind: Bind, mt: Mt, answered: Answered): void {
    const { timeline, dice, trouble } = this.#deps
    timeline.after(dice.between(1, 200), () => {
      if (!bind.isOpen) return
      const verdict = dice.chance(trouble.refusing) ? dice.one(['later', 'throttled', 'lost'] as const) : 'accepted'
      // What is lost may have come to its phone, or not.
      const providerId = `${mt.key} ${++this.#accepted}`
      if (verdict === 'accepted' || (verdict === 'lost' && dice.chance(0.5))) {
        this.#pass(mt)
        // It may well come before the answer.
        timeline.after(dice.between(0, 5_000), () => this.#report(bind.link, providerId))
      }
      if (verdict === 'lost') return this.#close(bind)
      bind.client.process.after(dice.between(1, 200), () => answered(verdict, providerId))
    })
  }

  /** Says that an MT was delivered, again and again until that was taken. */
  #report(link: string, providerId: string): void {
    const { timeline, dice, trouble } = this.#deps
    const bind = this.#binds.find((one) => one.link === link)
    let isOver = false
    const again = (ms: number) =>
      timeline.after(ms, () => {
        if (isOver) return
        isOver = true
        this.#report(link, providerId)
      })
    const giveUp = again(bind === undefined ? 1_000 : ANSWER_WITHIN_MS)
    if (bind === undefined) return
    const hear = (isTaken: boolean) => {
      if (isOver || !bind.isOpen) return
      giveUp()
      if (!isTaken) return void again(dice.between(500, 3_000))
      isOver = true
      this.#deps.note({ at: timeline.nowMs, what: 'reported', providerId })
      if (dice.chance(trouble.doubled)) this.#say(bind, providerId, () => undefined)
    }
    this.#say(bind, providerId, hear)
  }

  #say(bind: Bind, providerId: string, hear: (isTaken: boolean) => void): void {
    const { timeline, dice } = this.#deps
    const answer = (isTaken: boolean) => timeline.after(dice.between(1, 30), () => hear(isTaken))
    bind.client.process.after(dice.between(1, 30), () => bind.isOpen && bind.client.report(providerId, answer))
  }

  #pass({ phone, text, key }: Mt): void {
    this.#deps.note({ at: this.#deps.timeline.nowMs, what: 'received', phone, text, key })
    if (this.#arrived.has(key)) return
    this.#arrived.add(key)
    this.#deps.arrived(phone, text)
  }

  #close(bind: Bind): void {
    if (!bind.isOpen) return
    bind.isOpen = false
    this.#binds.splice(this.#binds.indexOf(bind), 1)
    bind.client.process.after(this.#deps.dice.between(1, 50), () => bind.client.closed())
  }
}

/** An MT on its way to a phone. */
export interface Mt {
  readonly phone: string
  readonly text: string
  readonly key: string
}
