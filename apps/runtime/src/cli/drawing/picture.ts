import type { FlowDocument, NodeFamily, NodeRegistry } from '@textloom/core'

/** A flow as a drawing needs it: what each card says and where its exits lead. */
export interface Picture {
  readonly name: string
  readonly cards: readonly Card[]
}

export interface Card {
  readonly title: string
  readonly body: string
  readonly family: NodeFamily
  readonly x: number
  readonly y: number
  /** In the order of the node's handles; an exit without an edge leads nowhere. */
  readonly exits: readonly CardExit[]
}

export interface CardExit {
  readonly label: string
  /** Index of the card it leads to. */
  readonly to: number | undefined
}

/** The picture of a flow that `parseFlow` has accepted with the same registry. Open exits that are optional are left out. */
export function pictureOf(flow: FlowDocument, registry: NodeRegistry): Picture {
  const indexOf = new Map(flow.nodes.map(({ id }, index) => [id, index]))
  const targets = new Map(flow.edges.map(({ source, sourceHandle, target }) => [`${source} ${sourceHandle}`, target]))
  const cards = flow.nodes.flatMap(({ id, type, position, data: raw }): Card[] => {
    const nodeType = registry.get(type)
    if (!nodeType) return []
    const data = nodeType.schema.parse(raw)
    const exits = nodeType.handles(data).flatMap((handle): CardExit[] => {
      const target = targets.get(`${id} ${handle.id}`)
      if (target === undefined && handle.optional) return []
      return [{ label: handle.label, to: target === undefined ? undefined : indexOf.get(target) }]
    })
    return [{ ...nodeType.describe(data), family: nodeType.family, ...position, exits }]
  })
  return { name: flow.name, cards }
}
