import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Point } from '../../document/commands/draft.ts'
import type { ExitOf } from '../../document/commands/nodes.ts'
import type { Size } from './derive-nodes.ts'

/** What a menu over the canvas is for. */
export type CanvasMenu = { readonly at: Point } & (
  | { readonly kind: 'add'; readonly place?: Point; readonly after?: ExitOf }
  | { readonly kind: 'insert'; readonly edge: string }
  | { readonly kind: 'connect'; readonly exit: ExitOf }
)

/** What the canvas remembers while it is open: nothing of it outlives the page. */
export interface CanvasState {
  readonly dragged: ReadonlyMap<string, Point> | undefined
  readonly measured: ReadonlyMap<string, Size>
  readonly hoveredEdge: string | undefined
  /** The edge under a step that is being dragged from the palette. */
  readonly dropEdge: string | undefined
  readonly menu: CanvasMenu | undefined
  /** The card that Tab stops at. */
  readonly tabStop: string | undefined
}

/** Works out where cards go when the flow is tidied up. */
export type Arrange = (input: {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  readonly edges: readonly { readonly source: string; readonly target: string }[]
  readonly starts: readonly string[]
}) => Promise<ReadonlyMap<string, Point>>

/** The canvas of one open flow. */
export interface CanvasParts {
  readonly store: StoreApi<CanvasState>
  readonly readOnly: boolean
}

/** Makes the store of one canvas. */
export function createCanvasStore(): StoreApi<CanvasState> {
  return createStore<CanvasState>()(() => ({
    dragged: undefined,
    measured: new Map(),
    hoveredEdge: undefined,
    dropEdge: undefined,
    menu: undefined,
    tabStop: undefined,
  }))
}

/** Hands the canvas to its parts. */
export const CanvasContext = createContext<CanvasParts | undefined>(undefined)

/** The canvas around a card, an edge or a menu. */
export function useCanvas(): CanvasParts {
  const parts = useContext(CanvasContext)
  if (!parts) throw new Error('This belongs inside a canvas.')
  return parts
}

/** Part of what the canvas remembers. */
export function useCanvasState<Part>(select: (state: CanvasState) => Part): Part {
  return useStore(useCanvas().store, select)
}
