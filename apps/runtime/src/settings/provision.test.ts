import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry as nodes } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import { expect, test } from 'vitest'
import { databaseClock } from '../host/clock.ts'
import { uuidsBy } from '../host/ids.ts'
import { greetingFlow } from '../host/testing/flows.ts'
import { onEachEngine } from '../testing/index.ts'
import { readConfigFile } from './config-file.ts'
import { prepareFirstStart } from './first-start.ts'
import { provision, releaseAll } from './provision.ts'
import { secretBox } from './secret-box.ts'

const ids = uuidsBy(databaseClock())
const box = secretBox(new Uint8Array(32).fill(7))
const smsc = { id: 'smsc-a', kind: 'smpp', host: '127.0.0.1', port: 2775, systemId: 'tl', password: 'hunter2' }
const phone = { id: 'phone', kind: 'loopback' }
const channel = { id: '4040', address: '4040', link: ['smsc-a', 'phone'], messagesPerSecond: 100, country: 'HU' }

onEachEngine(({ database, anotherDatabase }) => {
  test('a file is applied whole, and applying it again changes nothing', async () => {
    const { sql } = database()
    const folder = await mkdtemp(join(tmpdir(), 'textloom-config-'))
    const apply = async (config: object, now: string, flow = greetingFlow()) => {
      await writeFile(join(folder, 'greeting.json'), JSON.stringify(flow))
      await writeFile(join(folder, 'instance.json'), JSON.stringify(config))
      const declared = await readConfigFile(join(folder, 'instance.json'), { nodes, transports })
      await provision(sql, declared, { nodes, transports, box, now: new Date(now), ids })
    }
    const state = async () => ({
      links: await sql.query('select id, kind, config, source, is_enabled, updated_at from link order by id'),
      channels: await sql.query('select id, links, config, source, is_enabled, updated_at from channel order by id'),
      flows: await sql.query('select id, etag, source, archived_at, updated_at from flow order by id'),
      revisions: await sql.query('select id, flow_id, number, published_by from flow_revision order by number'),
      bindings: await sql.query('select channel, flow_id, revision_id, bound_at from flow_channel order by channel'),
    })
    const config = {
      links: [smsc, phone],
      channels: [channel],
      flows: [{ file: 'greeting.json', publish: true, channels: ['4040'] }],
    }

    await apply(config, '2026-01-01T00:00:00Z')
    const first = await state()
    expect(first.links).toMatchObject([
      { id: 'phone', kind: 'loopback', config: {}, source: 'config', is_enabled: true },
      { id: 'smsc-a', config: { host: '127.0.0.1', systemId: 'tl' }, source: 'config' },
    ])
    expect(JSON.stringify(first)).not.toContain('hunter2')
    expect(first.channels).toMatchObject([
      { id: '4040', links: ['smsc-a', 'phone'], config: { messagesPerSecond: 100, country: 'HU' } },
    ])
    expect(first.revisions).toMatchObject([{ flow_id: 'greeting', number: 1, published_by: 'config' }])
    expect(first.bindings).toHaveLength(1)

    await apply(config, '2026-01-02T00:00:00Z')
    expect(await state()).toEqual(first)

    // A changed flow is a new revision at the same place; a changed password is stored.
    await apply(
      { ...config, links: [{ ...smsc, password: 'other' }, phone] },
      '2026-01-03T00:00:00Z',
      greetingFlow({ keyword: 'hi' }),
    )
    const changed = await state()
    expect(changed.revisions).toHaveLength(2)
    expect(changed.bindings).toMatchObject([
      { revision_id: changed.revisions[1]?.id, bound_at: first.bindings[0]?.bound_at },
    ])
    expect(changed.links[0]).toEqual(first.links[0])
    expect(changed.links[1]?.config).not.toEqual(first.links[1]?.config)
    expect(changed.channels).toEqual(first.channels)

    // What is no longer declared is off, and the app's own.
    await apply({ links: [phone] }, '2026-01-04T00:00:00Z')
    const retired = await state()
    expect(retired.links).toMatchObject([
      { id: 'phone', source: 'config', is_enabled: true },
      { id: 'smsc-a', source: 'api', is_enabled: false },
    ])
    expect(retired.channels).toMatchObject([{ source: 'api', is_enabled: false }])
    expect(retired.flows).toMatchObject([{ source: 'api', archived_at: new Date('2026-01-04T00:00:00Z') }])
    expect(retired.bindings).toEqual([])
    expect(retired.revisions).toHaveLength(2)

    await apply(config, '2026-01-05T00:00:00Z', greetingFlow({ keyword: 'hi' }))
    const back = await state()
    expect(back.flows).toMatchObject([{ source: 'config', archived_at: null }])
    expect(back.revisions).toEqual(retired.revisions)
    expect(back.bindings).toHaveLength(1)

    await releaseAll(sql)
    const released = await state()
    expect(released.links.every((link) => link.source === 'api' && link.is_enabled)).toBe(true)
    expect(released.bindings).toEqual(back.bindings)
  })

  test('a flow that stops being published listens nowhere', async () => {
    const { sql } = await anotherDatabase()
    const apply = (isPublished: boolean) =>
      provision(
        sql,
        {
          links: [{ id: 'phone', kind: 'loopback', config: {} }],
          channels: [{ id: '4040', address: '4040', links: ['phone'], config: {} }],
          flows: [{ flow: greetingFlow(), isPublished, channels: isPublished ? ['4040'] : [] }],
        },
        { nodes, transports, box, now: new Date(), ids },
      )
    await apply(true)
    expect(await sql.query('select channel from flow_channel')).toEqual([{ channel: '4040' }])
    await apply(false)
    expect(await sql.query('select channel from flow_channel')).toEqual([])
  })

  test('a first start makes a channel to talk to, once, and only in an empty instance', async () => {
    const { sql } = await anotherDatabase()
    const means = { nodes, now: new Date(), ids }
    const flowId = await prepareFirstStart(sql, means)
    expect(await sql.query('select channel, flow_id from flow_channel')).toEqual([
      { channel: 'loopback', flow_id: flowId },
    ])
    expect(await prepareFirstStart(sql, means)).toBeUndefined()
    await sql.query('delete from channel')
    expect(await prepareFirstStart(sql, means)).toBeUndefined()
    expect(await sql.query('select id from channel')).toEqual([])
  })
})
