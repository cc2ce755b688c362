import type { FlowDocument, FlowNode } from '@textloom/core'

/*
 * What flow documents mean, written a second time: straight from the pages of the node types, without machines,
 * snapshots or templates. Slow and small; it knows the node types of `anyFlow` in step-oracle.property.test.ts.
 */

const hourMs = 3_600_000
const durations: Readonly<Record<string, number>> = { PT1H: hourMs, P1D: 24 * hourMs, P3D: 72 * hourMs }
const expiryMs = 168 * hourMs

/** Where a conversation stands. */
interface Place {
  readonly node: FlowNode
  refused: number
  /** When the node goes on by itself. */
  dueAt: number | undefined
  expiresAt: number
}

/** What a web service says: a status, or why nothing came. */
export type Answer = number | 'timeout' | 'network'

/** Plays a flow of a dozen node types by reading it. */
export class Oracle {
  readonly #flow: FlowDocument
  #now: number
  #place: Place | undefined
  #name = ''
  #reply = ''
  #told: string[] = []
  /** Of the contact, whatever becomes of their conversations. */
  readonly #groups = new Set<string>()
  /** Answers that nobody has asked for yet. */
  readonly #answers: Answer[] = []
  /** How often a conversation went on by each go-to. */
  #gone = new Map<string, number>()

  constructor(flow: FlowDocument, now: number) {
    this.#flow = flow
    this.#now = now
  }

  /** The flow begins; `reply` is what the contact wrote, if anything. */
  begin(reply = ''): readonly string[] {
    this.#told = []
    this.#name = ''
    this.#gone = new Map()
    this.#reply = reply
    const start = this.#flow.nodes.find(({ type }) => type === 'catch-all')
    if (start) this.#leave(start, 'next')
    return this.#told
  }

  hears(text: string): readonly string[] {
    this.#told = []
    const place = this.#place
    if (!place) return this.begin(text)
    if (place.node.type === 'wait' || place.node.type === 'http') this.#told.push('ignored not-waiting')
    else {
      this.#reply = text
      this.#answer(place, text)
    }
    return this.#told
  }

  /** A web service answers, now or as soon as it is asked. */
  answers(answer: Answer): readonly string[] {
    this.#told = []
    this.#answers.push(answer)
    if (this.#place?.node.type === 'http') this.#takeAnswer(this.#place.node)
    return this.#told
  }

  /** Time passes. */
  waits(ms: number): readonly string[] {
    this.#told = []
    const end = this.#now + ms
    for (let place = this.#place; place; place = this.#place) {
      const at = Math.min(place.dueAt ?? Number.POSITIVE_INFINITY, place.expiresAt)
      if (at > end) break
      this.#now = at
      if (place.dueAt === at) this.#leave(place.node, place.node.type === 'wait' ? 'next' : 'timeout')
      else {
        this.#place = undefined
        this.#told.push('end expired')
      }
    }
    this.#now = end
    return this.#told
  }

  #takeAnswer(node: FlowNode): void {
    const answer = this.#answers.shift()
    if (answer === undefined) this.#rest(node, 0)
    else if (typeof answer === 'number') this.#leave(node, answer >= 200 && answer < 300 ? 'success' : 'failure')
    else this.#leave(node, answer === 'timeout' ? 'timeout' : 'failure')
  }

  #answer(place: Place, text: string): void {
    const { node } = place
    if (node.type === 'wait-reply') {
      this.#leave(node, 'next')
      return
    }
    const exit = exitFor(node, text)
    if (exit !== undefined) {
      if (node.type === 'ask' && node.data.kind === 'text') this.#name = text
      this.#leave(node, exit)
    } else if (place.refused < Number(node.data.retries)) {
      this.#told.push(`mt ${node.data.retryText ?? node.data.text}`)
      this.#rest(node, place.refused + 1)
    } else this.#leave(node, 'other')
  }

  #leave(node: FlowNode, handle: string): void {
    const target = this.#flow.edges.find((edge) => edge.source === node.id && edge.sourceHandle === handle)?.target
    const next = this.#flow.nodes.find(({ id }) => id === target)
    if (next) this.#enter(next)
  }

  #enter(node: FlowNode): void {
    switch (node.type) {
      case 'message':
        this.#told.push(`mt ${String(node.data.text).replace('{{ vars.name }}', this.#name)}`)
        this.#leave(node, 'next')
        return
      case 'set':
        this.#name = node.data.value === '{{ reply.text }}' ? this.#reply : String(node.data.value)
        this.#leave(node, 'next')
        return
      case 'split':
        this.#leave(node, this.#reply.trim().toLowerCase() === 'yes' ? 'r' : 'other')
        return
      case 'groups': {
        for (const group of textsOf(node.data.add)) this.#groups.add(group)
        for (const group of textsOf(node.data.remove)) this.#groups.delete(group)
        this.#leave(node, 'next')
        return
      }
      case 'split-group':
        this.#leave(node, this.#groups.has('fans') ? 'g' : 'other')
        return
      case 'go-to': {
        const gone = this.#gone.get(node.id) ?? 0
        const isEnough = gone >= Number(node.data.times)
        if (!isEnough) this.#gone.set(node.id, gone + 1)
        this.#leave(node, isEnough ? 'limit' : 'next')
        return
      }
      case 'http':
        this.#told.push(`asks ${node.data.url}`)
        this.#takeAnswer(node)
        return
      case 'wait-reply':
        this.#rest(node, 0)
        return
      case 'end':
        this.#place = undefined
        this.#told.push(`end ${node.data.outcome}`)
        return
      case 'wait':
        this.#rest(node, 0)
        return
      default:
        this.#told.push(`mt ${node.data.text}`)
        this.#rest(node, 0)
    }
  }

  #rest(node: FlowNode, refused: number): void {
    const duration = node.type === 'wait' ? node.data.duration : node.data.timeout
    const dueAt = duration === undefined ? undefined : this.#now + (durations[String(duration)] ?? Number.NaN)
    this.#place = { node, refused, dueAt, expiresAt: (dueAt ?? this.#now) + expiryMs }
  }
}

function exitFor({ type, data }: FlowNode, text: string): string | undefined {
  const word = text.trim().toLowerCase()
  if (type === 'menu') {
    const options = data.options as unknown as readonly { id: string; label: string; synonyms: readonly string[] }[]
    const picked = options.find(({ label, synonyms }) =>
      [label, ...synonyms].some((each) => each.toLowerCase() === word),
    )
    return (picked ?? options[Number(word) - 1])?.id
  }
  if (data.kind === 'yes-no') return { yes: 'yes', 1: 'yes', no: 'no', 2: 'no' }[word]
  return word === '' ? undefined : 'next'
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
