import { type NodeRegistry, parseFlow } from '@textloom/core'
import { type CompiledFlow, compileFlow } from '@textloom/engine'
import { LRUCache } from 'lru-cache'
import type { Sql } from '../db/sql.ts'

/** Published revisions as machines. */
export interface Machines {
  /** Makes sure that these revisions can be had at once; those that do not exist or do not compile are left out. */
  prepare(revisions: Iterable<string>): Promise<void>
  /** @throws Error when the revision was not prepared or cannot be used */
  machineOf(revision: string): CompiledFlow
}

/** About 0.5 MB each (research/runtime.md §3). */
const MOST_MACHINES = 200

/**
 * Compiles revisions when they are first needed and keeps those used last: a revision never changes, so nothing here
 * grows stale.
 */
export function machineCache(sql: Sql, registry: NodeRegistry, max = MOST_MACHINES): Machines {
  const machines = new LRUCache<string, CompiledFlow | Error>({ max })
  const loading = new Map<string, Promise<void>>()

  async function load(revision: string): Promise<void> {
    const document = await findDocument(sql, revision)
    machines.set(
      revision,
      document === undefined ? new Error(`Revision ${revision} is not stored.`) : compile(document),
    )
  }

  function compile(document: string): CompiledFlow | Error {
    try {
      const parsed = parseFlow(document, registry)
      if (!parsed.ok) return new Error(parsed.issues[0]?.message ?? 'The document is not a flow.')
      return compileFlow(parsed.flow, registry)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  return {
    async prepare(revisions) {
      const missing = [...new Set(revisions)].filter((revision) => !machines.has(revision))
      await Promise.all(
        missing.map((revision) => {
          const running = loading.get(revision) ?? load(revision).finally(() => loading.delete(revision))
          loading.set(revision, running)
          return running
        }),
      )
    },
    machineOf(revision) {
      const machine = machines.get(revision)
      if (machine === undefined) throw new Error(`Revision ${revision} was not loaded.`)
      if (machine instanceof Error) throw machine
      return machine
    },
  }
}

async function findDocument(sql: Sql, revision: string): Promise<string | undefined> {
  // The database would refuse to compare a UUID with anything else.
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(revision)) return undefined
  const rows = await sql.query<{ document: string }>('select document from flow_revision where id = $1::uuid', [
    revision,
  ])
  return rows[0]?.document
}
