import type { AnyNodeType, Issue } from '@textloom/core'
import { fieldTitle } from './field-title.ts'

/** An issue as a sentence for the person at the canvas: names of fields as the inspector shows them, no paths. */
export function problemText({ path, message }: Issue, nodeType: AnyNodeType | undefined): string {
  const [, inData] = /^nodes\[\d+\]\.data\.?(.*)$/.exec(path) ?? []
  if (!nodeType || inData === undefined || !message.startsWith(path)) return onCanvas(message)
  const keys = dataPath(inData)
  const rest = message.slice(path.length).replace(/^:?\s*/, '')
  return `“${fieldTitle(nodeType, keys)}” ${rest.charAt(0).toLowerCase()}${rest.slice(1)}`
}

/** What documents call nodes are steps here, and exits go by their labels; what is quoted stays as it is. */
function onCanvas(message: string): string {
  return message.replace(
    /(\bexit "[^"]*") \([a-z\d-]+\)|("[^"]*")|\bnode(s?)\b/g,
    (_all, exit: string | undefined, quoted: string | undefined, plural: string | undefined) =>
      exit ?? quoted ?? `step${plural ?? ''}`,
  )
}

/** `options[0].label` → `['options', 0, 'label']`. */
export function dataPath(path: string): (string | number)[] {
  return [...path.matchAll(/([A-Za-z_$][\w$-]*)|\[(\d+)\]|\["([^"]*)"\]/g)].map(
    ([, name, index, quoted]) => name ?? (index === undefined ? (quoted ?? '') : Number(index)),
  )
}
