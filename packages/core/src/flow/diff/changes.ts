import type { Json } from '../../json.ts'
import type { FlowNode } from '../document.ts'

/** Something within a value that is another; what is absent on one side was added or removed. */
export interface ValueChange {
  /** From the value that is looked at, for example `options[0].label`; of a list whose entries have ids, as it is after. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}

/** Where a node stands on the canvas. */
export type NodePlace = Pick<FlowNode, 'position' | 'parentId' | 'width' | 'height'>

/** One difference between two flow documents, in terms of what authors work with. */
export type FlowChange =
  | { readonly kind: 'node-added'; readonly node: FlowNode }
  | { readonly kind: 'node-removed'; readonly node: FlowNode }
  /** The same node under another id; everything else about it is told under the new one. */
  | { readonly kind: 'node-renamed'; readonly from: string; readonly to: string }
  /** `data`, with paths within it; `type` is there where the node became one of another type. */
  | {
      readonly kind: 'node-changed'
      readonly node: string
      readonly type?: { readonly before: string; readonly after: string }
      readonly changes: readonly ValueChange[]
    }
  | { readonly kind: 'node-moved'; readonly node: string; readonly from: NodePlace; readonly to: NodePlace }
  /** `instead` is where the exit led before. */
  | {
      readonly kind: 'exit-connected'
      readonly node: string
      readonly exit: string
      readonly to: string
      readonly instead?: string
    }
  | { readonly kind: 'exit-disconnected'; readonly node: string; readonly exit: string; readonly from: string }
  /** What is written at an edge, or its id. */
  | {
      readonly kind: 'edge-changed'
      readonly node: string
      readonly exit: string
      readonly changes: readonly ValueChange[]
    }
  /** Name, languages, variables, parameters and settings, with paths from the root of the document. */
  | { readonly kind: 'setting-changed'; readonly changes: readonly ValueChange[] }
  | {
      readonly kind: 'translation-changed'
      readonly language: string
      readonly key: string
      readonly before?: string
      readonly after?: string
    }
  | { readonly kind: 'test-added'; readonly name: string }
  | { readonly kind: 'test-removed'; readonly name: string }
  | { readonly kind: 'test-changed'; readonly name: string; readonly changes: readonly ValueChange[] }
  | { readonly kind: 'note-changed'; readonly note: string; readonly changes: readonly ValueChange[] }
  /** The same entries in another order, which decides which of equals comes first. */
  | { readonly kind: 'reordered'; readonly section: 'nodes' | 'edges' | 'tests' | 'notes' }
