import { fold } from '@textloom/core'
import { variantsOf } from '../compile/variants.ts'
import { alike } from './audience.ts'
import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'
import { scoreOf, type TextStart, textStart } from './text-starts.ts'

/** No keyword of a start is one that an earlier start of the flow always takes. */
export const checkOwnKeywords: Check = ({ flow, nodes }) => {
  const earlier = new Map<string, TextStart[]>()
  return nodes
    .filter(({ nodeType }) => nodeType.start?.on === 'mo')
    .flatMap((node) => {
      const start = textStart({ ...node, variants: variantsOf(node, flow) })
      return start.words.flatMap(({ word, path }) => {
        const before = earlier.get(fold(word)) ?? []
        earlier.set(fold(word), [...before, start])
        const first = before.find((other) => alike(other, start) && scoreOf(other, word) === scoreOf(start, word))
        if (!first) return []
        const message = `"${word}" begins at the node "${first.node}" already, so nobody gets here by it: use another keyword, or give this one a higher priority.`
        return [soundness('flow/keyword-clash', path, message, node.id)]
      })
    })
}
