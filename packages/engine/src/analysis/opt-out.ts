import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** Starts by which people are written to who did not write first. */
const unasked: ReadonlySet<string> = new Set(['campaign', 'opt-in'])

/** People who are written to first must be told how to stop it, in every language. */
export const checkOptOut: Check = ({ flow, nodes }) => {
  const start = nodes.find(({ nodeType }) => nodeType.start && unasked.has(nodeType.start.on))
  if (!start) return []
  const texts = nodes.flatMap(({ id, nodeType, data }) =>
    (nodeType.templates?.(data) ?? [])
      .filter(({ use }) => use === 'message')
      .map(({ path, template }) => ({ key: `${id}.${path}`, template })),
  )
  const { base, others = [] } = flow.languages
  const silent = [base, ...others].filter((language) =>
    texts.every(({ key, template }) => !/\bSTOP\b/i.test(flow.translations?.[language]?.[key] ?? template)),
  )
  if (silent.length === 0 || texts.length === 0) return []
  const where = others.length === 0 ? '' : ` (${silent.join(', ')})`
  const message = `This flow writes first, and no text says how to opt out${where}: add "Reply STOP to opt out" to the first.`
  return [soundness('flow/no-opt-out', `nodes[${start.index}]`, message, start.id)]
}
