import { type FlowDocument, type FlowEdge, flowFormat, type JsonObject, translatablesOf } from '@textloom/core'
import { registry } from '@textloom/nodes'
import type { Dice } from './dice.ts'
import { type Fault, faults } from './faults.ts'
import { type Declarations, together, type ValidNode } from './valid-data.ts'

/** A document made by chance, and what was broken in it. */
export interface RandomDocument {
  readonly document: JsonObject
  /** Undefined where nothing was: it is sound. */
  readonly fault?: Fault
}

/** Of so many documents one is left whole, and the others have one fault. */
const wholeShare = 0.6

/** A document of a few nodes of any type, each connected to later ones or back over one that waits. */
export function randomDocument(dice: Dice, pool: readonly ValidNode[]): RandomDocument {
  const flow = soundFlow(dice, pool)
  if (dice.chance(wholeShare)) return { document: flow as unknown as JsonObject }
  const broken = structuredClone(flow) as unknown as JsonObject
  return { document: broken, fault: dice.one(faults)(broken as never, dice) }
}

function soundFlow(dice: Dice, pool: readonly ValidNode[]): FlowDocument {
  const starts = dice.some(
    pool.filter(({ isStart }) => isStart),
    1 + dice.below(2),
  )
  const body = dice
    .some(
      pool.filter(({ isStart, exits }) => !isStart && exits.length > 0),
      dice.below(7),
    )
    .flatMap((node) => [...node.before, node])
  const end = dice.some(
    pool.filter(({ type }) => type === 'end'),
    1,
  )
  const { fitting, needs } = living([...starts, ...body, ...end])
  const nodes = fitting.map((node, index) => ({ ...node, id: `${node.type}-${index}` }))
  const first = fitting.filter(({ isStart }) => isStart).length
  const edges = nodes.flatMap(({ id, exits, type, data }, index) =>
    exits.map((sourceHandle): FlowEdge => {
      const isBack = type === 'wait' && data.duration !== undefined && dice.chance(0.3)
      const from = isBack ? first : Math.max(first, index + 1)
      const to = isBack ? index : nodes.length - 1
      const target = nodes[from + dice.below(to - from + 1)] ?? nodes.at(-1)
      return { id: `${id}-${sourceHandle}`, source: id, sourceHandle, target: target?.id ?? '' }
    }),
  )
  const isTranslated = dice.chance(0.3)
  return {
    format: flowFormat,
    id: 'random',
    name: 'Random',
    languages: { base: 'en', ...(isTranslated && { others: ['hu'] }) },
    variables: [...needs.variables],
    params: [...needs.params],
    nodes: nodes.map(({ id, type, data }, index) => ({ id, type, position: { x: 0, y: index * 240 }, data })),
    edges,
    ...(dice.chance(0.3) && { settings: { expiry: dice.one(['PT1H', 'P1D', 'P30D']) } }),
    ...(isTranslated && { translations: { hu: translated(nodes, dice) } }),
    ...(dice.chance(0.2) && { notes: [{ id: 'note', position: { x: 400, y: 0 }, text: 'Ask Éva 🙂' }] }),
  }
}

/** Most texts and words of some nodes in a language of its own letters. */
function translated(nodes: readonly (ValidNode & { readonly id: string })[], dice: Dice): Record<string, string> {
  const typed = nodes.flatMap(({ id, type, data }) => {
    const nodeType = registry.get(type)
    return nodeType ? [{ id, nodeType, data: nodeType.schema.parse(data) }] : []
  })
  const chosen = translatablesOf(typed).filter(() => dice.chance(0.8))
  return Object.fromEntries(chosen.map(({ key, text }) => [key, `${text} ő`]))
}

/** Of some nodes those that can live with the names of the ones before them. */
function living(nodes: readonly ValidNode[]): { fitting: ValidNode[]; needs: Declarations } {
  let needs: Declarations = { variables: [], params: [] }
  const fitting = nodes.filter((node) => {
    const both = together(needs, node.needs)
    needs = both ?? needs
    return both !== undefined
  })
  return { fitting, needs }
}
