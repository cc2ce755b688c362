import { type FlowDocument, type Issue, type NodeRegistry, parseFlow } from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { knownChannels } from '../../catalogue/channels.ts'
import { type Draft, findDraft } from '../../catalogue/drafts.ts'
import { instanceIssues } from '../../catalogue/instance-issues.ts'
import { publish, type RevisionSummary } from '../../catalogue/revisions.ts'
import { runSavedTests, type TestRun, testIssues } from '../../catalogue/test-run.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServices } from '../services.ts'
import { checkWritable } from './preconditions.ts'
import { readDocument, soundIssuesOf } from './read-document.ts'

/** What is to be published, where, and by whom. */
export interface PublishRequest {
  readonly id: string
  readonly channels: readonly string[]
  readonly note?: string | undefined
  readonly by: string
  /** Notes the deed, in the same transaction. */
  noted(tx: Db, revision: RevisionSummary): Promise<void>
}

/** What was published, with warnings and what became of the saved tests. */
export interface PublishedDraft {
  readonly revision: RevisionSummary
  readonly issues: readonly Issue[]
  readonly tests: TestRun
}

/**
 * Publishes the draft of a flow. Its saved tests are run before, outside the transaction; those that fail are warnings.
 * @throws Problem when there is no such draft, it may not be published, or errors stand in the way
 */
export async function publishDraft(services: ApiServices, request: PublishRequest): Promise<PublishedDraft> {
  const { sql, nodes, clock, ids } = services
  const db = drizzleOver(sql)
  const { id, channels, note, by } = request
  for (;;) {
    const tested = await publishable(db, id)
    const tests = await testsOf(db, tested, nodes)
    const published = await inTransaction(sql, async (tx) => {
      const draft = await publishable(tx, id)
      // Somebody saved it while the tests ran: those of another version say nothing about this one.
      if (draft.etag !== tested.etag) return undefined
      await checkChannels(tx, channels)
      const flow = readDocument(draft.document, nodes)
      const said = [...(await instanceIssues(tx, { flow, channels }, nodes)), ...testIssues(flow, tests)]
      const issues = soundIssuesOf(flow, nodes, said)
      const publication = { flowId: id, document: draft.document, channels, note, by }
      const revision = await publish(tx, publication, { now: new Date(clock.now()), ids })
      await request.noted(tx, revision)
      return { revision, issues, tests }
    })
    if (published) return published
  }
}

async function publishable(tx: Db, id: string): Promise<Draft> {
  const draft = await findDraft(tx, id)
  if (draft === undefined) throw new Problem('flows/not-found', `There is no flow "${id}".`)
  checkWritable(draft)
  if (draft.archivedAt !== null) {
    throw new Problem('flows/not-found', `The flow "${id}" is in the archive. PUT brings it back.`)
  }
  return draft
}

async function checkChannels(tx: Db, channels: readonly string[]): Promise<void> {
  const known = await knownChannels(tx, channels)
  const unknown = channels.filter((channel) => !known.has(channel))
  if (unknown.length === 0) return
  throw new Problem(
    'channels/unknown',
    `There is no channel ${unknown.map((one) => `"${one}"`).join(', ')}, or it is switched off.`,
  )
}

/** Nothing is run of a flow that cannot be published anyway. */
async function testsOf(db: Db, { document }: Draft, nodes: NodeRegistry): Promise<TestRun> {
  const parsed = parseFlow(document, nodes)
  if (!parsed.ok || !isSound(analyseFlow(parsed.flow satisfies FlowDocument, nodes))) {
    return { passed: 0, failed: [], notRun: [] }
  }
  return runSavedTests(db, parsed.flow, nodes)
}
