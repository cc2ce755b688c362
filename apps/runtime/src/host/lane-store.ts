import { findRedelivered } from '../db/hot/find-redelivered.ts'
import { loadSessions } from '../db/hot/load-sessions.ts'
import { store } from '../db/hot/store.ts'
import type { Sql } from '../db/sql.ts'
import type { HostEvent } from './incoming.ts'
import type { LaneStore } from './lane.ts'

/** The hot statements, as lanes call them. */
export function laneStoreOn(sql: Sql): LaneStore {
  return {
    load: (keys) => loadSessions(sql, keys),
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
