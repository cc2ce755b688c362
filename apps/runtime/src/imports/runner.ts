import type { Clock, Ids } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { Feed } from '../host/feed.ts'
import { type Loop, startLoop } from '../host/loop.ts'
import type { Holding, Ownership } from '../host/ownership.ts'
import { checkImport } from './check.ts'
import { changeImport, findImport, type ImportPlan, type ImportRow, workingImports } from './imports.ts'
import { type PassDeps, PassEnded } from './pass.ts'
import { FileRefusal } from './reading/file-refusal.ts'
import { runImport } from './run.ts'
import { undoImport } from './undo.ts'

export interface ImportsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly ownership: Pick<Ownership, 'want'>
  readonly feed: Pick<Feed, 'imported'>
  readonly hashOf: PassDeps['hashOf']
  contactsChanged(phones: readonly string[]): Promise<void>
  failed(error: Error): void
}

/** Carries imports out; of several processes one does. */
export interface Imports {
  /** Something is to be done now. */
  wake(): void
  /** Lets the batch of now end; what is left goes on where an import is carried out next. */
  stop(): Promise<void>
}

const IDLE_MS = 1_000
const TELL_MS = 250

export function startImports(deps: ImportsDeps): Imports {
  const { sql, clock, ownership, feed, failed } = deps
  let holding: Holding | undefined
  let isStopping = false
  let toldAtMs = Number.NEGATIVE_INFINITY

  ownership.want('imports', {
    taken(taken) {
      holding = taken
      loop.wake()
    },
    lost() {
      holding = undefined
    },
  })
  const isOurs = () => !isStopping && (holding?.isSafe() ?? false)

  const loop: Loop = startLoop(async () => {
    if (!isOurs()) return IDLE_MS
    const [row] = await workingImports(sql)
    if (row === undefined) return IDLE_MS
    await carryOut(row)
    return 0
  }, failed)

  async function carryOut(row: ImportRow): Promise<void> {
    try {
      if (row.state === 'undoing') await undoImport(row, pass)
      else if (row.plan === null) throw new FileRefusal('damaged', 'Nobody chose what its columns are for.')
      else if (row.state === 'checking') await checkImport(planned(row, row.plan), pass)
      else await runImport(planned(row, row.plan), pass)
    } catch (error) {
      if (error instanceof PassEnded) return
      if (!(error instanceof FileRefusal)) throw error
      await changeImport(sql, row.id, { from: [row.state], state: 'failed', problem: error.message, at: clock.now() })
    } finally {
      await tell(row.id)
    }
  }

  const pass: PassDeps = {
    ...deps,
    async mayGoOn({ id, state }) {
      if (!isOurs() || (await findImport(sql, id))?.state !== state) throw new PassEnded()
    },
    async moved({ id, state }, change) {
      if (Object.keys(change).length > 0) await changeImport(sql, id, { ...change, from: [state], at: clock.now() })
      if (performance.now() - toldAtMs >= TELL_MS) await tell(id)
    },
  }

  async function tell(id: string): Promise<void> {
    toldAtMs = performance.now()
    const row = await findImport(sql, id)
    if (row !== undefined) feed.imported(id, { state: row.state, progress: row.progress }, clock.now())
  }

  return {
    wake: () => loop.wake(),
    async stop() {
      isStopping = true
      await loop.stop()
    },
  }
}

function planned(row: ImportRow, plan: ImportPlan): ImportRow & { readonly plan: ImportPlan } {
  return { ...row, plan }
}
