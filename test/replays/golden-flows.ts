import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyNodeType, type FlowDocument, type FlowEdge, flowFormat } from '@textloom/core'
import type { GoldenCase } from '@textloom/engine/testing'

/** A flow with a conversation saved in it, and the flows that it calls. */
export interface PlayedFlow {
  readonly flow: FlowDocument
  readonly others: readonly FlowDocument[]
}

const nodeFolders = join(import.meta.dirname, '../../packages/nodes/src')
const position = { x: 0, y: 0 }

/** The golden conversations of a node type, each held with a flow of real nodes that begins at once. */
export function goldenFlows(nodeType: AnyNodeType): readonly PlayedFlow[] {
  const folder = join(nodeFolders, nodeType.type)
  const cases: readonly GoldenCase[] = JSON.parse(readFileSync(join(folder, `${nodeType.type}.cases.json`), 'utf8'))
  const others = readdirSync(folder)
    .filter((name) => name.endsWith('.flow.json'))
    .map((name): FlowDocument => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return cases.map((golden) => ({ flow: flowAround(nodeType, golden), others }))
}

function flowAround(nodeType: AnyNodeType, golden: GoldenCase): FlowDocument {
  const { data, variables = [], declares = [], settings, before = [], open = [], to = {}, ...saved } = golden
  const handles = nodeType.handles(nodeType.schema.parse(data)).filter(({ id }) => !open.includes(id))
  const way = before.map((each, index) => ({ id: `before-${index}`, position, type: each.type, data: each.data }))
  const steps = ['start', ...way.map(({ id }) => id), 'node']
  return {
    format: flowFormat,
    id: 'golden',
    name: `${nodeType.title}: ${golden.name}`,
    languages: { base: 'en' },
    variables: [...variables],
    params: [...declares],
    nodes: [
      { id: 'start', type: 'api-start', position, data: {} },
      ...way,
      { id: 'node', type: nodeType.type, position, data },
      { id: 'after', type: 'wait-reply', position, data: {} },
      { id: 'end', type: 'end', position, data: { outcome: 'completed' } },
    ],
    edges: [
      ...steps.slice(1).map((target, index) => edge(steps[index] ?? '', 'next', target)),
      ...handles.map(({ id }) => edge('node', id, to[id] === nodeType.type ? 'node' : 'after')),
      edge('after', 'next', 'end'),
    ],
    ...(settings && { settings }),
    tests: [{ ...saved, start: true }],
  }
}

function edge(source: string, sourceHandle: string, target: string): FlowEdge {
  return { id: `${source}-${sourceHandle}`, source, sourceHandle, target }
}
