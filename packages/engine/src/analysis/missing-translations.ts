import { needsTranslation, translatablesOf } from '@textloom/core'
import { soundness } from './issue-codes.ts'
import type { Check } from './subject.ts'

/** Every language of the flow has every text; one issue for each node and language, so that a new language is no flood. */
export const checkMissingTranslations: Check = ({ flow, nodes }) => {
  const { base, others = [] } = flow.languages
  return nodes.flatMap((node) => {
    const texts = translatablesOf([node]).filter(needsTranslation)
    return others.flatMap((language) => {
      const translated = flow.translations?.[language] ?? {}
      const missing = texts.filter(({ key }) => (translated[key] ?? '').trim() === '').map(({ path }) => path)
      if (missing.length === 0) return []
      const message = `Not in "${language}" yet: ${missing.join(', ')}. Whoever speaks it gets "${base}".`
      return [soundness('flow/missing-translation', `nodes[${node.index}].data`, message, node.id)]
    })
  })
}
