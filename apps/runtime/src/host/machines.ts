import { type FlowDocument, type NodeRegistry, parseFlow } from '@textloom/core'
import { type CompiledFlow, compileFlow } from '@textloom/engine'
import { LRUCache } from 'lru-cache'
import type { Sql } from '../db/sql.ts'

/** A published revision as a machine. @throws Error when it cannot be used */
export type MachineOf = (revision: string) => CompiledFlow

/** Published revisions as machines. */
export interface Machines {
  /**
   * The machines of these revisions and of all that their flows call, at hand for as long as the function returned is
   * kept. `called` names the revisions that a call of a flow may enter.
   */
  prepare(revisions: Iterable<string>, called?: (flow: string) => Iterable<string>): Promise<MachineOf>
}

/** About 0.5 MB each (research/runtime.md §3). */
const MOST_MACHINES = 500

/**
 * Compiles revisions when they are first needed and keeps those used last: a revision never changes, so nothing here
 * grows stale.
 */
export function machineCache(sql: Sql, registry: NodeRegistry, max = MOST_MACHINES): Machines {
  const machines = new LRUCache<string, CompiledFlow | Error>({ max })
  const loading = new Map<string, Promise<CompiledFlow | Error>>()

  async function load(revision: string): Promise<CompiledFlow | Error> {
    const document = await findDocument(sql, revision)
    const machine =
      document === undefined ? new Error(`Revision ${revision} is not stored.`) : compile(document, registry)
    machines.set(revision, machine)
    return machine
  }

  /** Asked for by several batches at once, it is loaded once. */
  function loadOnce(revision: string): Promise<CompiledFlow | Error> {
    const running = loading.get(revision) ?? load(revision).finally(() => loading.delete(revision))
    loading.set(revision, running)
    return running
  }

  return {
    async prepare(revisions, called = () => []) {
      // Of their own, not the cache: a batch may need more of them than the cache holds.
      const prepared = new Map<string, CompiledFlow | Error>()
      let wanted = new Set(revisions)
      while (wanted.size > 0) {
        const calls = new Set<string>()
        const add = (revision: string, machine: CompiledFlow | Error) => {
          prepared.set(revision, machine)
          if (!(machine instanceof Error)) for (const flow of machine.calls) calls.add(flow)
        }
        const missing: string[] = []
        for (const revision of wanted) {
          const machine = machines.get(revision)
          if (machine === undefined) missing.push(revision)
          else add(revision, machine)
        }
        const loaded = await Promise.all(missing.map(loadOnce))
        missing.forEach((revision, index) => {
          const machine = loaded[index]
          if (machine !== undefined) add(revision, machine)
        })
        wanted = new Set([...calls].flatMap((flow) => [...called(flow)]).filter((revision) => !prepared.has(revision)))
      }
      return (revision) => {
        const machine = prepared.get(revision)
        if (machine === undefined) throw new Error(`Revision ${revision} was not loaded.`)
        if (machine instanceof Error) throw machine
        return machine
      }
    },
  }
}

/** The document of a published revision; undefined where there is none that can be read. */
export async function publishedDocument(
  sql: Sql,
  revision: string,
  registry: NodeRegistry,
): Promise<FlowDocument | undefined> {
  const document = await findDocument(sql, revision)
  const parsed = document === undefined ? undefined : parseFlow(document, registry)
  return parsed?.ok ? parsed.flow : undefined
}

function compile(document: string, registry: NodeRegistry): CompiledFlow | Error {
  try {
    const parsed = parseFlow(document, registry)
    if (!parsed.ok) return new Error(parsed.issues[0]?.message ?? 'The document is not a flow.')
    return compileFlow(parsed.flow, registry)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
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
