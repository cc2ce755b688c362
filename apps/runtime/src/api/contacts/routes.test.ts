import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexFields } from '../../people/field-indexes.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ settings: { defaultCountry: 'HU' } })
})
afterAll(() => api.stop())

const anna = '+36301234567'
const path = (phone: string, rest = '') => `/contacts/${encodeURIComponent(phone)}${rest}`

describe('contacts', () => {
  test('are added, found under any spelling, changed, and tell who changed what', async () => {
    for (const field of [
      { key: 'city', title: 'City', type: 'text' },
      { key: 'visit', title: 'Visit', type: 'date' },
      { key: 'size', title: 'Size', type: 'choice', choices: ['S', 'M'] },
    ]) {
      expect((await api.ask('POST', '/fields', { body: field })).status).toBe(201)
    }
    await api.ask('POST', '/groups', { body: { id: 'vip', title: 'VIP customers' } })
    const added = await api.ask('POST', '/contacts', {
      body: {
        phone: '06 30 123 45 67',
        name: 'Anna',
        fields: { city: 'Pécs', visit: '2026-03-05 9:30' },
        groups: ['vip'],
      },
    })
    expect(added).toMatchObject({
      status: 201,
      json: {
        phone: anna,
        name: 'Anna',
        country: 'HU',
        timezone: null,
        guessedTimezone: 'Europe/Budapest',
        fields: { city: 'Pécs', visit: '2026-03-05T09:30' },
        groups: ['vip'],
        optedOut: false,
      },
    })
    expect(await api.ask('POST', '/contacts', { body: { phone: anna } })).toMatchObject({
      status: 409,
      json: { code: 'contacts/exists' },
    })
    const read = await api.ask('GET', path('0036 30 1234567'))
    expect(read).toMatchObject({ status: 200, json: { name: 'Anna' } })
    const etag = read.headers.get('etag') ?? ''
    expect(
      await api.ask('PATCH', path(anna), { body: { language: 'hu', fields: { size: 'm', city: null } } }),
    ).toMatchObject({ status: 200, json: { language: 'hu', fields: { size: 'M' } } })
    expect(await api.ask('PUT', path(anna), { body: read.json, headers: { 'if-match': etag } })).toMatchObject({
      status: 409,
      json: { code: 'contacts/changed', current: { language: 'hu' } },
    })
    expect(await api.ask('PUT', path(anna), { body: read.json })).toMatchObject({ status: 428 })
    expect(await api.ask('PUT', path(anna), { body: { name: 'Anna K.' }, headers: { 'if-match': '*' } })).toMatchObject(
      { json: { name: 'Anna K.', language: null, fields: {}, groups: [] } },
    )
    const { items } = (await api.ask('GET', path(anna, '/history'))).json
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['change', 'change', 'change'])
    expect(items[0].data).toMatchObject({ source: 'api', by: expect.any(String) })
    expect(items[0].data.changes).toEqual(
      expect.arrayContaining([
        { what: 'name', from: 'Anna', to: 'Anna K.' },
        { what: 'field:size', from: 'M', to: null },
        { what: 'group:vip', from: true, to: false },
      ]),
    )
  })

  test('with what does not fit are refused, all of it at once', async () => {
    const body = { phone: '+36301110000', fields: { visit: 'soon', size: 'XL', shoe: 1 }, groups: ['nobody'] }
    const { status, json } = await api.ask('POST', '/contacts', { body })
    expect(status).toBe(422)
    expect(json.issues.map(({ path: where }: { path: string }) => where).sort()).toEqual([
      'fields.shoe',
      'fields.size',
      'fields.visit',
      'groups',
    ])
    expect(await api.ask('POST', '/contacts', { body: { phone: 'Anna' } })).toMatchObject({
      status: 422,
      json: { code: 'contacts/bad-phone' },
    })
    expect(await api.ask('GET', '/contacts?query=nam%20%3D%20x')).toMatchObject({
      status: 422,
      json: { code: 'contacts/bad-query', column: 1, detail: expect.stringContaining('Did you mean "name"?') },
    })
  })

  test('are listed page by page, in three orders, and counted', async () => {
    for (let n = 0; n < 5; n += 1) {
      await api.ask('POST', '/contacts', { body: { phone: `+4366400000${n}`, name: `Page ${n}`, language: 'de' } })
    }
    for (const sort of ['phone', '-created']) {
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const { json } = await api.ask('GET', `/contacts?q=page&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`)
        seen.push(...json.items.map(({ name }: { name: string }) => name))
        if (json.nextCursor === null) break
        cursor = json.nextCursor
      }
      const names = [0, 1, 2, 3, 4].map((n) => `Page ${n}`)
      expect(seen).toEqual(sort === 'phone' ? names : names.reverse())
    }
    expect((await api.ask('GET', '/contacts/count?query=language%20%3D%20de')).json).toEqual({
      count: 5,
      isMore: false,
    })
    expect(await api.ask('GET', '/contacts?sort=-created&cursor=abc')).toMatchObject({ status: 422 })
  })

  test('are merged: nothing known is lost, and an opt-out of either counts', async () => {
    const [from, into] = ['+36302220001', '+36302220002']
    await api.ask('POST', '/contacts', { body: { phone: from, name: 'Old', language: 'hu', groups: ['vip'] } })
    await api.ask('POST', '/contacts', { body: { phone: into, name: 'New' } })
    await api.ask('POST', path(from, '/notes'), { body: { text: 'Prefers mornings.' } })
    await api.ask('POST', path(from, '/consent'), { body: { state: 'out', topic: 'news' } })
    expect(await api.ask('POST', path(from, '/merge'), { body: { into } })).toMatchObject({
      status: 200,
      json: { name: 'New', language: 'hu', groups: ['vip'], refusedTopics: ['news'] },
    })
    expect((await api.ask('GET', path(from))).status).toBe(404)
    expect((await api.ask('GET', path(into, '/notes'))).json.items).toMatchObject([{ text: 'Prefers mornings.' }])
  })
})

describe('groups', () => {
  test('by query follow their query, and are not pulled from under others', async () => {
    await api.ask('POST', '/contacts', { body: { phone: '+36303330001', name: 'Group Anna', language: 'hu' } })
    expect(
      await api.ask('POST', '/groups', { body: { id: 'speakers', query: 'language = hu and name ~ group' } }),
    ).toMatchObject({ status: 201, json: { kind: 'query', size: 1 } })
    await api.ask('POST', '/groups', { body: { id: 'wide', query: 'group = speakers or group = vip' } })
    expect(await api.ask('DELETE', '/groups/speakers')).toMatchObject({ status: 409, json: { code: 'groups/in-use' } })
    expect((await api.ask('GET', '/contacts?group=speakers')).json.items).toMatchObject([{ name: 'Group Anna' }])
    expect(
      await api.ask('PUT', '/groups/speakers', { body: { title: 'Speakers', query: 'group = speakers' } }),
    ).toMatchObject({ status: 422, json: { code: 'contacts/bad-query' } })
    expect(await api.ask('POST', '/groups/speakers/members', { body: { add: [anna] } })).toMatchObject({
      json: { code: 'groups/by-query' },
    })
    expect((await api.ask('DELETE', '/groups/wide')).status).toBe(204)
  })

  test('take members in and let them go', async () => {
    await api.ask('POST', '/groups', { body: { id: 'walkers' } })
    const change = (body: object) => api.ask('POST', '/groups/walkers/members', { body })
    expect((await change({ add: ['+36304440001', '0036 30 444 0001', '+36304440002'] })).json).toEqual({
      added: 2,
      removed: 0,
    })
    expect((await change({ remove: ['+36304440001', '+36304449999'] })).json).toEqual({ added: 0, removed: 1 })
    expect((await api.ask('GET', '/groups/walkers')).json).toMatchObject({ size: 1 })
  })
})

test('every field has an index of its own, and one that is gone has none', async () => {
  const indexes = async () => {
    await indexFields(api.sql)
    return (await api.sql.query("select 1 from pg_indexes where indexname like 'contact_by_%'")).length
  }
  const before = await indexes()
  await api.ask('POST', '/fields', { body: { key: 'shoe', title: 'Shoe', type: 'number' } })
  expect(await indexes()).toBe(before + 1)
  await api.ask('PUT', '/fields/shoe', { body: { title: 'Shoe', type: 'text' } })
  expect(await indexes()).toBe(before + 1)
  await api.ask('DELETE', '/fields/shoe')
  expect(await indexes()).toBe(before)
})

describe('consent', () => {
  test('of somebody who said STOP on their phone is out everywhere at once, with their words in the ledger', async () => {
    const phone = '+36305550001'
    await api.kit.says(phone, 'Stop!')
    expect(await api.kit.heard(phone, 1)).toHaveLength(1)
    expect(await api.ask('POST', '/messages', { body: { channel: '4040', to: phone, text: 'Hi' } })).toMatchObject({
      status: 409,
      json: { code: 'messages/opted-out' },
    })
    expect((await api.ask('GET', path(phone))).json).toMatchObject({ optedOut: true, consents: { '': 'out' } })
    const { items } = (await api.ask('GET', `/consent/entries?phone=${encodeURIComponent(phone)}`)).json
    expect(items).toMatchObject([
      { state: 'out', words: 'Stop!', source: 'keyword', actor: 'contact', channel: '4040' },
    ])
  })

  test('that the API takes back counts for a conversation that is under way', async () => {
    const phone = '+36305550002'
    await api.kit.says(phone, 'hello')
    expect(await api.ask('POST', '/messages', { body: { channel: '4040', to: phone, text: 'Hi' } })).toMatchObject({
      status: 202,
    })
    expect(await api.ask('POST', path(phone, '/consent'), { body: { state: 'out' } })).toMatchObject({
      json: { optedOut: true },
    })
    expect(await api.ask('POST', '/messages', { body: { channel: '4040', to: phone, text: 'Hi' } })).toMatchObject({
      status: 409,
    })
    expect(await api.ask('POST', path(phone, '/consent'), { body: { state: 'in' } })).toMatchObject({ status: 422 })
    const words = 'I agree to get news by text.'
    expect(
      await api.ask('POST', path(phone, '/consent'), { body: { state: 'in', topic: '', words, source: 'form' } }),
    ).toMatchObject({ json: { optedOut: false, consents: { '': 'in' } } })
  })

  test('that may have been taken back waits for a person, who makes a STOP of it', async () => {
    const phone = '+36305550003'
    await api.kit.says(phone, 'please stop texting me')
    await api.kit.says(phone, 'the bus stop is closed')
    const { items } = (await api.ask('GET', '/consent/reviews')).json
    expect(items).toMatchObject([{ phone, text: 'please stop texting me', state: 'open' }])
    const accept = () => api.ask('POST', `/consent/reviews/${items[0].id}/accept`)
    expect(await accept()).toMatchObject({ status: 200, json: { state: 'accepted', decidedBy: expect.any(String) } })
    expect(await accept()).toMatchObject({ status: 200 })
    expect((await api.kit.heard(phone, 1)).filter((text) => text.includes('unsubscribed'))).toHaveLength(1)
    expect((await api.ask('GET', path(phone))).json.optedOut).toBe(true)
    expect((await api.ask('GET', '/consent/reviews')).json.items).toEqual([])
  })

  test('is exported as text that no spreadsheet computes', async () => {
    const phone = '+36305550004'
    const words = '=HYPERLINK("http://x"), "yes"'
    await api.ask('POST', path(phone, '/consent'), { body: { state: 'in', topic: 'news', words } })
    const { headers, text } = await api.ask('GET', '/consent/export?topic=news')
    expect(headers.get('content-type')).toContain('text/csv')
    const [head, ...lines] = text.split('\r\n')
    expect(head).toBe('at,phone,topic,state,channel,words,source,by,actor,message,id')
    expect(lines.find((line) => line.includes(phone))).toContain(
      `${phone},news,in,,"'=HYPERLINK(""http://x""), ""yes""",api`,
    )
  })
})

test('who is erased leaves nothing but the opt-out, which comes back with the number', async () => {
  const phone = '+36306660001'
  await api.kit.says(phone, 'my secret is CANARY')
  await api.kit.says(phone, 'STOP')
  await api.kit.heard(phone, 1)
  await api.ask('PATCH', path(phone), { body: { name: 'CANARY' } })
  await api.ask('POST', path(phone, '/notes'), { body: { text: 'CANARY' } })
  expect((await api.ask('POST', path(phone, '/erase'))).json.erased).toMatchObject({
    contact: 1,
    contact_note: 1,
    session: 1,
  })
  const tables = await api.sql.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) {
    const left = await api.sql.query(`select 1 from "${name}" t where t::text like $1 or t::text like '%CANARY%'`, [
      `%${phone}%`,
    ])
    expect(left, name).toEqual([])
  }
  expect(await api.ask('POST', '/messages', { body: { channel: '4040', to: phone, text: 'Hi' } })).toMatchObject({
    status: 409,
  })
  expect((await api.ask('GET', path(phone))).json).toMatchObject({ name: null, optedOut: true })
  await api.ask('POST', path(phone, '/erase'))
  expect(await api.ask('POST', '/contacts', { body: { phone, name: 'Again' } })).toMatchObject({
    json: { optedOut: true },
  })
  expect((await api.ask('GET', `/consent/entries?phone=${encodeURIComponent(phone)}`)).json.items).toMatchObject([
    { state: 'out', source: 'erased' },
  ])
})
