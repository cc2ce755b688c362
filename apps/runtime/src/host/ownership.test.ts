import { describe, expect, test } from 'vitest'
import { ownIdentity } from '../db/engine/process-identity.ts'
import { leaseStoreOn } from './lease-store.ts'
import { type Holding, keepLeases } from './ownership.ts'
import { withDatabase } from './testing/with-database.ts'

const database = withDatabase()

/** An owner in this process; what it holds is in `held`. */
async function owner(identity: { pid?: number; world?: string } = {}, isAlone = false) {
  const held = new Map<string, Holding>()
  const ownership = keepLeases({
    leases: leaseStoreOn(database().sql),
    identity: { ...(await ownIdentity()), ...identity },
    isAlone,
    failed: () => undefined,
  })
  const want = async (resource: string) => {
    ownership.want(resource, { taken: (holding) => held.set(resource, holding), lost: () => held.delete(resource) })
    await ownership.asked()
  }
  return { ...ownership, want, held }
}

const elsewhere = { world: 'another machine' }

describe('a resource', () => {
  test('is taken by the first who wants it, and by another only once it is given back', async () => {
    const first = await owner()
    const second = await owner(elsewhere)
    await first.want('link:a:0')
    await second.want('link:a:0')
    expect([...first.held.keys()]).toEqual(['link:a:0'])
    expect(second.held.size).toBe(0)
    await first.stop()
    await second.asked()
    expect(second.held.get('link:a:0')).toMatchObject({ previousAliveAt: null })
    await second.stop()
  })

  test('of a process that is gone from this machine is taken at once', async () => {
    const sql = database().sql
    const dead = { ...(await ownIdentity()), pid: 2 ** 22 + 1 }
    await sql.query(
      `insert into lease (resource, owner, epoch, expires_at) values ('link:a:0', $1, nextval('lease_epoch'), now() + interval '15 s')`,
      [JSON.stringify(dead)],
    )
    const next = await owner()
    await next.want('link:a:0')
    const aliveAt = next.held.get('link:a:0')?.previousAliveAt ?? 0
    expect(Math.abs(aliveAt - Date.now())).toBeLessThan(5_000)
    await next.stop()
  })

  test('of a process on another machine is not, before it has surely stopped', async () => {
    const sql = database().sql
    const far = { ...(await ownIdentity()), ...elsewhere }
    await sql.query(
      `insert into lease (resource, owner, epoch, expires_at) values ('link:a:0', $1, nextval('lease_epoch'), now() - interval '4 s')`,
      [JSON.stringify(far)],
    )
    const next = await owner()
    await next.want('link:a:0')
    expect(next.held.size).toBe(0)
    await sql.query(`update lease set expires_at = now() - interval '6 s'`)
    await next.asked()
    expect(next.held.size).toBe(1)
    await next.stop()
  })

  test('is taken at once where no other process can have the database', async () => {
    const sql = database().sql
    await sql.query(
      `insert into lease (resource, owner, epoch, expires_at) values ('link:a:0', 'whoever', nextval('lease_epoch'), now() + interval '15 s')`,
    )
    const next = await owner({}, true)
    await next.want('link:a:0')
    expect(next.held.get('link:a:0')?.isSafe()).toBe(true)
    await next.stop()
  })

  test('that another took is lost: its holder is told, and no longer safe', async () => {
    const sql = database().sql
    const first = await owner()
    await first.want('link:a:0')
    const holding = first.held.get('link:a:0')
    await sql.query(`update lease set owner = 'a thief', epoch = nextval('lease_epoch')`)
    await expect.poll(() => first.held.size, { timeout: 8_000 }).toBe(0)
    expect(holding?.isSafe()).toBe(false)
    await first.stop()
  }, 12_000)
})
