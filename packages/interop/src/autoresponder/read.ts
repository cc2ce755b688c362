import type { FlowDocument, FlowNode, Json, JsonObject } from '@textloom/core'
import {
  type KeywordMode,
  type KeywordRow,
  type OtherwiseRow,
  type ReplyTable,
  type RowParts,
  type RowReply,
  type RuleRow,
  type TextOperator,
  textOperators,
} from './table.ts'

/** What of a flow is a table of replies. */
export interface ReadTable {
  readonly table: ReplyTable
  /** The nodes of each row, by the id of the row. */
  readonly parts: ReadonlyMap<string, RowParts>
  /** The start for texts without a keyword. */
  readonly catchAll?: string
  /** Where a conversation ends that gets no reply. */
  readonly silent?: string
  /** What the table cannot show; with anything here it must not be changed as a table. */
  readonly beyond: readonly BeyondTable[]
}

/** A part of a flow that is no row of a table. */
export interface BeyondTable {
  readonly node: string
  /** A sentence for the author. */
  readonly why: string
}

/** The parts of a flow that a table is read from. */
export type TableSource = Pick<FlowDocument, 'nodes' | 'edges'>

/**
 * Reads the rows of a flow, whoever drew it, by how its nodes lead to each other. Rows that can be read are there even
 * when others cannot. A flow without nodes is an empty table.
 */
export function readTable({ nodes, edges }: TableSource): ReadTable {
  return new Reader(nodes, edges).read()
}

/** A branch of a row turned out to be none; becomes an entry of `beyond`. */
class NoRow extends Error {
  readonly node: string

  constructor(node: string, why: string) {
    super(why)
    this.node = node
  }
}

class Reader {
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #targets: ReadonlyMap<string, string>
  readonly #used = new Set<string>()
  readonly #parts = new Map<string, RowParts>()
  readonly #beyond: BeyondTable[] = []
  #silent: string | undefined

  constructor(nodes: readonly FlowNode[], edges: TableSource['edges']) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    this.#targets = new Map(edges.map(({ source, sourceHandle, target }) => [`${source}\n${sourceHandle}`, target]))
  }

  read(): ReadTable {
    const starts = [...this.#nodes.values()]
    const [catchAll, ...others] = starts.filter(({ type }) => type === 'catch-all')
    for (const { id } of others) this.#beyond.push({ node: id, why: 'There is a second start for any other text.' })
    if (catchAll) this.#used.add(catchAll.id)
    const head = catchAll && this.#attempt(() => this.#next(catchAll.id, 'next'))
    const keywords = starts
      .filter(({ type }) => type === 'keyword')
      .flatMap((start) => this.#attempt(() => this.#keywordRow(start, head)) ?? [])
    const { rules, otherwise } = head === undefined ? { rules: [] } : this.#chain(head)
    const table: ReplyTable = { keywords, rules, ...(otherwise && { otherwise }) }
    if (catchAll && this.#beyond.length === 0 && rules.length === 0 && !otherwise)
      this.#beyond.push({ node: catchAll.id, why: 'Every other text starts a conversation here that says nothing.' })
    if (this.#beyond.length === 0) this.#findStrays()
    return {
      table,
      parts: this.#parts,
      beyond: this.#beyond,
      ...(catchAll && { catchAll: catchAll.id }),
      ...(this.#silent !== undefined && { silent: this.#silent }),
    }
  }

  #attempt<Value>(look: () => Value): Value | undefined {
    try {
      return look()
    } catch (error) {
      if (!(error instanceof NoRow)) throw error
      this.#beyond.push({ node: error.node, why: error.message })
      return undefined
    }
  }

  #findStrays(): void {
    for (const { id } of this.#nodes.values()) {
      if (!this.#used.has(id)) this.#beyond.push({ node: id, why: 'This step belongs to no row of the table.' })
    }
  }

  #keywordRow(start: FlowNode, head: string | undefined): KeywordRow {
    this.#use(start.id)
    const { keywords, match, channels } = start.data
    const reply = this.#answer(this.#next(start.id, 'next'), { start: start.id }, head)
    return {
      ...reply,
      channels: texts(channels),
      keywords: texts(keywords),
      match: match as KeywordMode,
    }
  }

  /** The rules one after another, then what is left. */
  #chain(head: string): { rules: RuleRow[]; otherwise?: OtherwiseRow } {
    const rules: RuleRow[] = []
    let at: string | undefined = head
    while (at !== undefined) {
      const from: string = at
      const read = this.#attempt(() => this.#ruleOrEnd(from))
      if (!read) return { rules }
      if (read.otherwise) return { rules, otherwise: read.otherwise }
      if (read.rule) rules.push(read.rule)
      at = read.below
    }
    return { rules }
  }

  #ruleOrEnd(at: string): { rule?: RuleRow; below?: string; otherwise?: OtherwiseRow } {
    const node = this.#node(at)
    if (node.type === 'end') {
      this.#fallsSilent(at)
      return {}
    }
    const when = node.type === 'split' ? conditionOf(node.data) : undefined
    if (!when) return { otherwise: this.#channelAnswer(at, {}, undefined) }
    this.#use(at)
    const below = this.#next(at, 'other')
    const [then, ...others] = ruleIdsOf(node.data).map((id) => this.#next(at, id))
    if (then === undefined) throw new NoRow(at, 'This split has no rule yet, so that no row begins with it.')
    if (others.some((other) => other !== then))
      throw new NoRow(at, 'The rules of this split lead to different steps: in the table all of a row get one reply.')
    return { rule: { ...this.#channelAnswer(then, { when: at }, below), when }, below }
  }

  #channelAnswer(at: string, parts: Omit<RowParts, 'end'>, below: string | undefined): RowReply {
    const node = this.#node(at)
    if (node.type !== 'split') return this.#answer(at, parts, below)
    const [rule, ...others] = objects(node.data.rules)
    if (!rule || others.length > 0 || rule.left !== 'channel.id' || rule.op !== 'one-of')
      throw new NoRow(at, 'This split asks something that the table has no column for.')
    this.#use(at)
    this.#goesBelow(at, 'other', below)
    const then = this.#next(at, String(rule.id))
    return { ...this.#answer(then, { ...parts, channel: at }, below), channels: texts(rule.list) }
  }

  /** From the hours of a row to its end. `below` is where those go who get no reply here. */
  #answer(at: string, parts: Omit<RowParts, 'end'>, below: string | undefined): RowReply {
    const node = this.#node(at)
    if (node.type !== 'split-hours') {
      const { reply, end } = this.#reply(at)
      this.#parts.set(at, { ...parts, end })
      return { id: at, reply, channels: [] }
    }
    this.#use(at)
    const open = this.#next(at, 'open')
    const { reply, end } = this.#reply(open)
    const closed = this.#next(at, 'closed')
    if (closed === below || this.#node(closed).type === 'end') {
      this.#goesBelow(at, 'closed', below)
      this.#parts.set(open, { ...parts, hours: at, end })
      return { id: open, reply, channels: [], hours: node.data }
    }
    const outside = this.#reply(closed)
    if (outside.end !== end) throw new NoRow(closed, 'Both replies of a row must lead to the same end.')
    this.#parts.set(open, { ...parts, hours: at, closed, end })
    return { id: open, reply, channels: [], hours: node.data, closedReply: outside.reply }
  }

  #reply(at: string): { reply: string; end: string } {
    const { type, data } = this.#node(at)
    if (type !== 'message') throw new NoRow(at, 'Here a row would reply, but this step is no message.')
    this.#use(at)
    const end = this.#next(at, 'next')
    if (this.#node(end).type !== 'end') throw new NoRow(end, 'After its reply a row ends, but here it goes on.')
    this.#used.add(end)
    return { reply: String(data.text ?? ''), end }
  }

  #goesBelow(at: string, exit: string, below: string | undefined): void {
    const target = this.#next(at, exit)
    if (target === below) return
    if (below !== undefined || this.#node(target).type !== 'end')
      throw new NoRow(at, 'Who gets no reply here should go on to the next row, but is led somewhere else.')
    this.#fallsSilent(target)
  }

  #fallsSilent(end: string): void {
    if (this.#silent !== undefined && this.#silent !== end)
      throw new NoRow(end, 'Conversations without a reply end in several places: the table has one.')
    this.#silent = end
    this.#used.add(end)
  }

  #node(id: string): FlowNode {
    const node = this.#nodes.get(id)
    if (!node) throw new NoRow(id, 'A connection leads to a step that is gone.')
    return node
  }

  /** A node belongs to one place of one row. */
  #use(id: string): void {
    if (this.#used.has(id)) throw new NoRow(id, 'Several ways lead to this step: in the table each row has its own.')
    this.#used.add(id)
  }

  #next(node: string, exit: string): string {
    const target = this.#targets.get(`${node}\n${exit}`)
    if (target === undefined) throw new NoRow(node, 'An exit of this step leads nowhere yet.')
    return target
  }
}

/** What a split at the head of a row asks; undefined for a split that asks something else. */
function conditionOf({ rules }: JsonObject): RuleRow['when'] | undefined {
  const all = objects(rules)
  if (all.length > 0 && all.every(isSender)) return { kind: 'sender', senders: all.map(senderOf) }
  const [rule, ...others] = all
  const op = textOperators.find((each): each is TextOperator => each === rule?.op)
  if (!rule || others.length > 0 || rule.left !== 'reply.text' || op === undefined) return undefined
  return { kind: 'text', op, text: String(rule.right ?? '') }
}

function isSender({ left, op, right = '' }: JsonObject): boolean {
  if (left !== 'contact.phone' || typeof right !== 'string') return false
  // What is written with a star is no whole number.
  return op === 'starts-with' || (op === 'equals' && !right.endsWith('*'))
}

function senderOf({ op, right = '' }: JsonObject): string {
  return op === 'starts-with' ? `${String(right)}*` : String(right)
}

function ruleIdsOf({ rules }: JsonObject): readonly string[] {
  return objects(rules).map(({ id }) => String(id))
}

function objects(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return []
  return value.filter((each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each))
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
