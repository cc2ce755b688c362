import type { FlowDocument } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { nodeName, readNode } from '../../../document/node-reading.ts'

/** What people call the steps of a flow and their exits. */
export interface StepNaming {
  /** `Menu “What can we do?”`; the id of a step that is not of this flow. */
  name(node: string): string
  /** `Hours`; undefined for an exit that goes without saying. */
  exit(node: string, handle: string): string | undefined
}

/** The names in one published flow; ids while it is not there. */
export function stepNaming(document: Pick<FlowDocument, 'nodes'> | undefined): StepNaming {
  const nodes = new Map(document?.nodes.map((node) => [node.id, node]))
  return {
    name(id) {
      const node = nodes.get(id)
      return node === undefined ? id : nodeName(node, registry)
    },
    exit(id, handle) {
      const node = nodes.get(id)
      const exits = node === undefined ? [] : readNode(node, registry).exits
      if (exits.length === 1) return undefined
      return exits.find((exit) => exit.id === handle)?.label ?? handle
    },
  }
}
