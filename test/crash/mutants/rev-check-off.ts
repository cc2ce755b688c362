/** Mutant: the last writer wins. Whatever another process stored meanwhile is written over. */
import type { StartOptions } from '@textloom/runtime/main'
import { runDoorless } from '../doorless.ts'

type LaneStore = Parameters<NonNullable<StartOptions['wrapStore']>>[0]
type StoreBatch = Parameters<LaneStore['store']>[0]
type Row = { readonly channel: string; readonly phone: string; readonly rev: number }

const TRIES = 20

await runDoorless({
  wrapStore: (store) => ({
    ...store,
    async store(batch) {
      for (let tries = 0; tries < TRIES; tries++) {
        const verdict = await store.store(rebased(batch, await store.load(batch.sessions)))
        if (verdict !== 'conflict') return verdict
      }
      return 'conflict'
    },
  }),
})

/** The batch as if its writer had known what is stored. */
function rebased(batch: StoreBatch, stored: readonly Row[]): StoreBatch {
  const revs = new Map(stored.map((row) => [nameOf(row), row.rev + 1]))
  const written = new Map(batch.sessions.map((row) => [nameOf(row), row.rev]))
  const moved = <R extends Row>(row: R): R =>
    row.rev === written.get(nameOf(row)) ? { ...row, rev: revs.get(nameOf(row)) ?? row.rev } : row
  return {
    ...batch,
    sessions: batch.sessions.map(moved),
    outbox: (batch.outbox ?? []).map(moved),
    events: (batch.events ?? []).map(moved),
  }
}

function nameOf({ channel, phone }: Row): string {
  return `${channel} ${phone}`
}
