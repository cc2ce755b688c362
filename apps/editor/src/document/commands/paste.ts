import type { Clip } from '../clip.ts'
import { type CommandTools, type FlowDraft, type Point, putEdge, putNode, snapped } from './draft.ts'
import { declareWritten } from './variables.ts'

/**
 * Puts a clip into the flow under new ids, moved by an offset. Variables it needs are declared, its translations kept
 * for languages the flow has. Answers the new nodes' ids.
 */
export function paste(draft: FlowDraft, clip: Clip, offset: Point, { newId, registry }: CommandTools): string[] {
  const ids = new Map(clip.nodes.map(({ id, type }) => [id, newId(type)]))
  for (const variable of clip.variables) {
    if (draft.variables?.some(({ name }) => name === variable.name)) continue
    draft.variables = [...(draft.variables ?? []), structuredClone(variable)]
  }
  for (const { parentId, ...node } of clip.nodes) {
    const parent = parentId === undefined ? undefined : ids.get(parentId)
    const { x, y } = node.position
    const copy = {
      ...structuredClone(node),
      id: ids.get(node.id) ?? newId(node.type),
      // Inside a parent that came along, places are measured from the parent.
      position: parent ? { x, y } : snapped({ x: x + offset.x, y: y + offset.y }),
      ...(parent !== undefined && { parentId: parent }),
    }
    putNode(draft, copy)
    declareWritten(draft, copy, registry)
  }
  for (const edge of clip.edges) {
    const source = ids.get(edge.source)
    const target = ids.get(edge.target)
    if (source && target) putEdge(draft, { ...edge, id: newId('edge'), source, target })
  }
  pasteTranslations(draft, clip, ids)
  return [...ids.values()]
}

function pasteTranslations(draft: FlowDraft, { translations = {} }: Clip, ids: ReadonlyMap<string, string>): void {
  for (const [language, texts] of Object.entries(translations)) {
    if (!draft.languages.others?.includes(language)) continue
    const copies = Object.entries(texts).flatMap(([key, text]) => {
      const dot = key.indexOf('.')
      const id = ids.get(key.slice(0, dot))
      return id === undefined ? [] : [[`${id}${key.slice(dot)}`, text] as const]
    })
    draft.translations = {
      ...draft.translations,
      [language]: { ...draft.translations?.[language], ...Object.fromEntries(copies) },
    }
  }
}
