import { engineOf, type Preload, preload, storageOn } from '@textloom/runtime/testing/system'
import { type RuntimeSide, startRuntimeSide } from './runtime-side.ts'

/** What everybody's session is like. */
const LIKE = { channel: '4040', phone: '+36309999999' }

/** A runtime on a server by itself, into which there is another way than the runtime's. */
export async function sideToFill(): Promise<RuntimeSide> {
  return startRuntimeSide({ storage: await storageOn(engineOf('embedded'), { shared: true }) })
}

/** Gives it sessions and a past. How long that took, and how many rows of history there are. */
export async function fill(
  { smsc, storage: { sql } }: RuntimeSide,
  rows: Omit<Preload, 'like'>,
): Promise<{ readonly loadSeconds: number; readonly history: number }> {
  if (sql === undefined) throw new Error('There is no way into the database.')
  const answered = smsc.next('mt')
  void smsc.hears({ from: LIKE.phone, to: LIKE.channel, text: 'hello' })
  await answered
  const recorded = `select 1 from outbox where phone = $1 and state = 'sent'`
  while ((await sql.query(recorded, [LIKE.phone])).length === 0);
  const startedAtMs = performance.now()
  const history = await preload(sql, { like: LIKE, ...rows })
  return { loadSeconds: (performance.now() - startedAtMs) / 1_000, history }
}
