import { isRecord } from './plain-json.ts'

/**
 * Fields that React Flow keeps on a node while it is on screen, or that only say how it is drawn. They are accepted in
 * any document and not stored. `width`, `height` and `parentId` are stored.
 */
const transientNodeFields: ReadonlySet<string> = new Set([
  'ariaLabel',
  'ariaRole',
  'className',
  'connectable',
  'deletable',
  'domAttributes',
  'draggable',
  'dragging',
  'dragHandle',
  'expandParent',
  'extent',
  'focusable',
  'handles',
  'hidden',
  'initialHeight',
  'initialWidth',
  'measured',
  'origin',
  'positionAbsolute',
  'resizing',
  'selectable',
  'selected',
  'sourcePosition',
  'style',
  'targetPosition',
  'zIndex',
])

/** The same for edges; what an edge means is its two ends, so its drawing `type` and `data` go too. */
const transientEdgeFields: ReadonlySet<string> = new Set([
  'animated',
  'ariaLabel',
  'ariaRole',
  'className',
  'data',
  'deletable',
  'domAttributes',
  'focusable',
  'hidden',
  'interactionWidth',
  'labelBgBorderRadius',
  'labelBgPadding',
  'labelBgStyle',
  'labelShowBg',
  'labelStyle',
  'markerEnd',
  'markerStart',
  'pathOptions',
  'reconnectable',
  'selectable',
  'selected',
  'style',
  'type',
  'zIndex',
])

/** The same at the root: React Flow's `toObject()` adds the part of the canvas that was in view. */
const transientRootFields: ReadonlySet<string> = new Set(['viewport'])

/** A copy without React Flow's transient fields; what is not shaped like a flow is left as it is. */
export function withoutTransientFields(document: unknown): unknown {
  if (!isRecord(document)) return document
  const kept = without(document, transientRootFields)
  if (Array.isArray(kept.nodes)) kept.nodes = kept.nodes.map((node) => strip(node, transientNodeFields))
  if (Array.isArray(kept.edges))
    kept.edges = kept.edges.map((edge) => strip(withoutNullHandle(edge), transientEdgeFields))
  return kept
}

function strip(value: unknown, fields: ReadonlySet<string>): unknown {
  return isRecord(value) ? without(value, fields) : value
}

/** React Flow writes `targetHandle: null` for the only entry of a node. */
function withoutNullHandle(edge: unknown): unknown {
  return isRecord(edge) && edge.targetHandle === null ? without(edge, new Set(['targetHandle'])) : edge
}

function without(value: Record<string, unknown>, fields: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.has(field)))
}
