import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { loadPart } from '../../shared/parts/load-part.ts'

const loadInterop = () => loadPart(() => import('@textloom/interop'))

/** Saves the texts of a flow: all languages side by side as CSV, or one as PO. */
export async function exportTranslations(
  flow: FlowDocument,
  registry: NodeRegistry,
  to: { readonly format: 'csv' } | { readonly format: 'po'; readonly language: string },
): Promise<void> {
  const { tableOf, toPo, toTranslationCsv } = await loadInterop()
  const table = tableOf(flow, registry)
  if (to.format === 'csv') save(`${flow.id}.csv`, 'text/csv', toTranslationCsv(table))
  else save(`${flow.id}.${to.language}.po`, 'text/x-gettext-translation', toPo(table, to.language, flow.name))
}

/**
 * The flow with the translations of a CSV or PO file, and how many texts that changes.
 * @throws Error that says what is wrong with the file
 */
export async function importTranslations(
  flow: FlowDocument,
  file: Pick<File, 'name' | 'text'>,
): Promise<{ readonly flow: FlowDocument; readonly changed: number; readonly added: readonly string[] }> {
  const { fromPo, fromTranslationCsv, mergeTranslations } = await loadInterop()
  const text = await file.text()
  const read = /\.pot?$/i.test(file.name) ? fromPo(text) : fromTranslationCsv(text, flow.languages.base)
  return mergeTranslations(flow, read)
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
