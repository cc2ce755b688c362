import type { FlowDocument, FlowEdge, FlowNode, JsonObject } from '@textloom/core'
import { type Block, placesOf } from './layout.ts'
import { type ReadTable, readTable } from './read.ts'
import { type KeywordRow, type ReplyTable, type RowParts, type RowReply, type RuleRow, rowsOf } from './table.ts'

/**
 * Makes the flow that a table describes: keyword starts, one start for any other text with the rules behind it, and an
 * end for each row. What the table does not speak of (name, languages, tests, further fields of a node) stays as `flow`
 * has it, and so do the ids of nodes whose row is still there. Cards stay where they are as long as none comes, goes or
 * changes its place.
 * @param flow a flow that `readTable` reads with nothing beyond the table; an empty one at first
 */
export function writeTable(table: ReplyTable, flow: FlowDocument): FlowDocument {
  return new Writer(flow).write(table)
}

class Writer {
  readonly #flow: FlowDocument
  readonly #before: ReadTable
  readonly #nodesBefore: ReadonlyMap<string, FlowNode>
  readonly #edgesBefore: ReadonlyMap<string, FlowEdge>
  readonly #nodes = new Map<string, FlowNode>()
  readonly #edges: FlowEdge[] = []
  readonly #taken: Set<string>
  readonly #takenEdges: Set<string>

  constructor(flow: FlowDocument) {
    this.#flow = flow
    this.#before = readTable(flow)
    this.#nodesBefore = new Map(flow.nodes.map((node) => [node.id, node]))
    this.#edgesBefore = new Map(flow.edges.map((edge) => [exitKey(edge.source, edge.sourceHandle), edge]))
    this.#taken = new Set(this.#nodesBefore.keys())
    this.#takenEdges = new Set(flow.edges.map(({ id }) => id))
  }

  write(table: ReplyTable): FlowDocument {
    for (const { id } of rowsOf(table)) this.#taken.add(id)
    const parts = new Map(rowsOf(table).map((row) => [row.id, this.#partsOf(row, table)]))
    const heads = [...table.rules, ...(table.otherwise ? [table.otherwise] : [])].map(({ id }) =>
      headOf(id, parts.get(id)),
    )
    const catchAll = heads.length === 0 ? undefined : (this.#before.catchAll ?? this.#free('any-text'))
    const silent = needsSilence(table) ? (this.#before.silent ?? this.#free('no-reply')) : undefined
    const blocks: Block[] = []
    const row = (each: RowReply, below: string | undefined, put: (own: RowParts) => string[]) => {
      const own = parts.get(each.id)
      if (!own) return
      const column = [...put(own), ...this.#putReply(each, own, below ?? silent)]
      blocks.push({ column, beside: own.closed, line: 'keywords' in each ? 'keywords' : 'rules' })
    }
    for (const each of table.keywords) row(each, heads[0], (own) => this.#putKeyword(each, own))
    if (catchAll !== undefined) {
      this.#put(catchAll, 'catch-all', {}, { next: heads[0] })
      blocks.push({ column: [catchAll], beside: undefined, line: 'rules' })
    }
    for (const [index, each] of table.rules.entries()) {
      const below = heads[index + 1]
      row(each, below, (own) => [
        ...this.#putCondition(each, own, below ?? silent),
        ...this.#putChannels(each, own, below ?? silent),
      ])
    }
    const { otherwise } = table
    if (otherwise) row(otherwise, undefined, (own) => this.#putChannels(otherwise, own, silent))
    if (silent !== undefined) {
      this.#put(silent, 'end', { outcome: 'completed', label: 'No reply' }, {}, true)
      blocks.push({ column: [silent], beside: undefined, line: 'rules' })
    }
    return { ...this.#flow, nodes: this.#placed(blocks), edges: this.#edges }
  }

  /** Which nodes the row has, by the ids they had before where there were such. */
  #partsOf(row: RowReply, { rules }: ReplyTable): RowParts {
    const before = this.#before.parts.get(row.id)
    const id = (part: keyof RowParts) => before?.[part] ?? this.#free(`${row.id.slice(0, 48)}-${part}`)
    return {
      ...('keywords' in row && { start: id('start') }),
      ...(rules.some((rule) => rule === row) && { when: id('when') }),
      ...(!('keywords' in row) && row.channels.length > 0 && { channel: id('channel') }),
      ...(row.hours && { hours: id('hours') }),
      ...(row.hours && row.closedReply !== undefined && { closed: id('closed') }),
      end: id('end'),
    }
  }

  #putKeyword({ id, keywords, match, channels }: KeywordRow, own: RowParts): string[] {
    const { start = '', hours = id } = own
    const scope = channels.length > 0 ? { channels: [...channels] } : {}
    this.#put(start, 'keyword', { keywords: [...keywords], match, ...scope }, { next: hours }, false, ['channels'])
    return [start]
  }

  #putCondition({ id, when }: RuleRow, { when: node = '', channel, hours }: RowParts, other: string | undefined) {
    const ids = this.#ruleIdsBefore(node)
    const rules =
      when.kind === 'text'
        ? [{ id: ids[0] ?? 'fits', left: 'reply.text', op: when.op, right: when.text }]
        : when.senders.map((sender, index) => ({ id: ids[index] ?? freeRule(index, ids), ...senderRule(sender) }))
    const then = channel ?? hours ?? id
    this.#put(node, 'split', { rules }, { ...Object.fromEntries(rules.map((rule) => [rule.id, then])), other })
    return [node]
  }

  #putChannels({ id, channels }: RowReply, { channel, hours }: RowParts, other: string | undefined): string[] {
    if (channel === undefined) return []
    const rule = this.#ruleIdsBefore(channel)[0] ?? 'here'
    const rules = [{ id: rule, left: 'channel.id', op: 'one-of', list: [...channels] }]
    this.#put(channel, 'split', { rules }, { [rule]: hours ?? id, other })
    return [channel]
  }

  #putReply(row: RowReply, { hours, closed, end }: RowParts, below: string | undefined): string[] {
    if (hours !== undefined && row.hours)
      this.#put(hours, 'split-hours', row.hours, { open: row.id, closed: closed ?? below })
    this.#put(row.id, 'message', { text: row.reply }, { next: end })
    if (closed !== undefined) this.#put(closed, 'message', { text: row.closedReply ?? '' }, { next: end })
    this.#put(end, 'end', { outcome: 'completed' }, {}, true)
    return [...(hours === undefined ? [] : [hours]), row.id, end]
  }

  /**
   * Puts a node with what leads on from it; further fields that it had stay.
   * @param keeps it was there before: then its data stays whole
   * @param drops fields that are the table's own although they may be left out
   */
  #put(
    id: string,
    type: string,
    data: JsonObject,
    exits: { readonly [exit: string]: string | undefined },
    keeps = false,
    drops: readonly string[] = [],
  ): void {
    const before = this.#nodesBefore.get(id)
    const known = before?.type === type ? before : undefined
    const further = Object.fromEntries(Object.entries(known?.data ?? {}).filter(([key]) => !drops.includes(key)))
    const whole = type === 'split-hours' ? data : keeps && known ? known.data : { ...further, ...data }
    this.#nodes.set(id, { ...(known ?? { id, type, position: { x: 0, y: 0 } }), data: whole })
    for (const [exit, target] of Object.entries(exits)) if (target !== undefined) this.#lead(id, exit, target)
  }

  #lead(source: string, sourceHandle: string, target: string): void {
    const before = this.#edgesBefore.get(exitKey(source, sourceHandle))
    if (before) this.#edges.push({ ...before, target })
    else
      this.#edges.push({
        id: free(`${source.slice(0, 40)}-${sourceHandle.slice(0, 20)}`, this.#takenEdges),
        source,
        sourceHandle,
        target,
      })
  }

  #ruleIdsBefore(node: string): readonly string[] {
    const rules = this.#nodesBefore.get(node)?.data.rules
    return Array.isArray(rules) ? rules.map((rule) => String((rule as JsonObject).id)) : []
  }

  #placed(blocks: readonly Block[]): FlowNode[] {
    const nodes = [...this.#nodes.values()]
    const order = (all: readonly FlowNode[]) =>
      all
        .map(({ id }) => id)
        .sort()
        .join('\n')
    const isSettled = order(nodes) === order(this.#flow.nodes) && this.#isInSameOrder(nodes)
    if (isSettled) return nodes
    const places = placesOf(blocks)
    return nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position }))
  }

  #isInSameOrder(nodes: readonly FlowNode[]): boolean {
    const rowsBefore = rowsOf(this.#before.table).map(({ id }) => id)
    const isRow = new Set(rowsBefore)
    return nodes.flatMap(({ id }) => (isRow.has(id) ? [id] : [])).join('\n') === rowsBefore.join('\n')
  }

  #free(wanted: string): string {
    return free(wanted, this.#taken)
  }
}

/** Where a row begins that has no start of its own. */
function headOf(id: string, { when, channel, hours }: RowParts = { end: '' }): string {
  return when ?? channel ?? hours ?? id
}

/** Whether somebody can be left without a reply. */
function needsSilence({ keywords, rules, otherwise }: ReplyTable): boolean {
  const isPartial = ({ hours, closedReply }: RowReply) => hours !== undefined && closedReply === undefined
  if (otherwise) return otherwise.channels.length > 0 || isPartial(otherwise)
  return rules.length > 0 || keywords.some(isPartial)
}

function senderRule(sender: string): { left: string; op: string; right: string } {
  const left = 'contact.phone'
  if (sender.endsWith('*')) return { left, op: 'starts-with', right: sender.slice(0, -1) }
  return { left, op: 'equals', right: sender }
}

function freeRule(index: number, taken: readonly string[]): string {
  return free(`from-${index + 1}`, new Set(taken))
}

function free(wanted: string, taken: Set<string>): string {
  let id = wanted
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`
  taken.add(id)
  return id
}

function exitKey(source: string, exit: string): string {
  return `${source}\n${exit}`
}
