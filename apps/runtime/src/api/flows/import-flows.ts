import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { canonical, type Edit, findDraft, insertDraft, replaceDraft } from '../../catalogue/drafts.ts'
import type { Db } from '../../db/drizzle.ts'
import { Problem } from '../http/problem.ts'
import { checkWritable } from './preconditions.ts'
import { issuesOf } from './read-document.ts'

/** What became of one document. */
export interface Imported {
  readonly id: string
  readonly etag: string
  readonly status: 'created' | 'replaced' | 'unchanged'
  /** The id that it took instead of its own. */
  readonly importedAs?: string
}

/**
 * Stores documents as drafts; callers own the transaction.
 * @throws Problem when an id is taken and that is to be refused, or its flow is read-only
 */
export async function importFlows(
  tx: Db,
  documents: readonly FlowDocument[],
  { nodes, existing, edit }: { nodes: NodeRegistry; existing: 'refuse' | 'replace' | 'copy'; edit: Edit },
) {
  const imported = []
  for (const document of documents) {
    const { flow, ...outcome } = await importOne(tx, document, { nodes, existing, edit })
    imported.push({ ...outcome, issues: issuesOf(flow, nodes) })
  }
  return imported
}

async function importOne(
  tx: Db,
  document: FlowDocument,
  { nodes, existing, edit }: { nodes: NodeRegistry; existing: 'refuse' | 'replace' | 'copy'; edit: Edit },
): Promise<Imported & { flow: FlowDocument }> {
  const made = canonical(document, nodes)
  const { id, etag } = made
  const stored = await findDraft(tx, id)
  if (stored === undefined) {
    await insertDraft(tx, made, 'api', edit)
    return { id, etag, status: 'created', flow: document }
  }
  if (existing === 'refuse')
    throw new Problem('flows/exists', `A flow with the id "${id}" exists. Nothing was imported.`, { id })
  if (existing === 'copy') return copy(tx, document, nodes, edit)
  checkWritable(stored)
  if (stored.etag === etag && stored.archivedAt === null) return { id, etag, status: 'unchanged', flow: document }
  await replaceDraft(tx, made, stored.etag, edit)
  return { id, etag, status: 'replaced', flow: document }
}

async function copy(
  tx: Db,
  document: FlowDocument,
  nodes: NodeRegistry,
  edit: Edit,
): Promise<Imported & { flow: FlowDocument }> {
  for (let count = 2; ; count += 1) {
    const id = `${document.id.slice(0, 58)}-${count}`
    const flow = { ...document, id, name: `${document.name.slice(0, 190)} (${count})` }
    const made = canonical(flow, nodes)
    if (await insertDraft(tx, made, 'api', edit)) {
      return { id: document.id, etag: made.etag, status: 'created', importedAs: id, flow }
    }
  }
}
