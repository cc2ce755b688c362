import { findRedelivered } from '../db/hot/find-redelivered.ts'
import { loadSessions } from '../db/hot/load-sessions.ts'
import { store } from '../db/hot/store.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleMeans } from '../people/actor.ts'
import { recallOptOuts } from '../people/erased-opt-outs.ts'
import type { HostEvent } from './incoming.ts'
import type { LaneStore } from './lane.ts'

/** The hot statements, as lanes call them. `means`: by which opt-outs of people who were erased are recognised. */
export function laneStoreOn(sql: Sql, means?: () => PeopleMeans): LaneStore {
  return {
    async load(keys) {
      const rows = await loadSessions(sql, keys)
      const unknown = rows.filter(({ rev, contact }) => rev === 0 && contact === null).map(({ phone }) => phone)
      if (means === undefined || unknown.length === 0) return rows
      const recalled = await recallOptOuts(sql, unknown, means())
      if (recalled.size === 0) return rows
      return rows.map((row) => ({ ...row, suppressed: recalled.get(row.phone) ?? row.suppressed }))
    },
    store: (batch) => store(sql, batch),
    async findRedelivered(events) {
      const keys = events.flatMap((event) => ('messageId' in event ? [{ ...inboxKeyOf(event), event }] : []))
      return (await findRedelivered(sql, keys)).map(({ event }) => event)
    },
  }
}

function inboxKeyOf({ channel, phone, messageId }: Extract<HostEvent, { messageId: string }>) {
  return { channel, phone, messageId }
}
