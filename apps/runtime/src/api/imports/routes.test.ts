import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { workbookOf } from '../../imports/testing/workbooks.ts'
import { hashOf } from '../testing/erased.ts'
import { type Answer, type TestInstance, testInstance, testKey } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ settings: { defaultCountry: 'HU', apiKey: testKey } })
  await api.sql.script(
    `insert into contact_field (key, title, type, choices, position, created_at, updated_at) values
       ('city', 'City', 'text', '[]', 1, now(), now()), ('age', 'Age', 'number', '[]', 2, now(), now()),
       ('vip', 'VIP', 'yes-no', '[]', 3, now(), now());
     insert into contact_group (id, title, kind, source, created_at, updated_at)
       values ('autumn', 'Autumn', 'static', 'api', now(), now());`,
  )
})
afterAll(() => api.stop())
afterEach(() =>
  api.sql.script(
    'delete from contact; delete from group_member; delete from consent; delete from consent_entry; delete from suppression; delete from contact_change; delete from erased_opt_out',
  ),
)

async function upload(body: string | Uint8Array, name = 'people.csv'): Promise<Answer> {
  const response = await api.app.request(`/api/v1/imports?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${testKey}`, 'content-type': 'application/octet-stream' },
    body: body as string,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
}

async function uploaded(body: string | Uint8Array, change: object = {}): Promise<string> {
  const answer = await upload(body)
  expect(answer, answer.text).toMatchObject({ status: 201, json: { state: 'draft' } })
  const planned = await api.ask('PUT', `/imports/${answer.json.id}`, { body: { rules: { country: 'HU' }, ...change } })
  expect(planned, planned.text).toMatchObject({ status: 200 })
  return answer.json.id
}

async function comesTo(id: string, state: string) {
  let item = (await api.ask('GET', `/imports/${id}`)).json
  for (let look = 0; look < 800 && item.state !== state && item.state !== 'failed'; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    item = (await api.ask('GET', `/imports/${id}`)).json
  }
  expect(item, JSON.stringify(item)).toMatchObject({ state })
  return item
}

async function checked(id: string) {
  expect(await api.ask('POST', `/imports/${id}/check`)).toMatchObject({ status: 202 })
  return comesTo(id, 'checked')
}

async function done(id: string, deed: 'run' | 'undo' = 'run') {
  const answer = await api.ask('POST', `/imports/${id}/${deed}`)
  expect(answer, answer.text).toMatchObject({ status: 202 })
  return comesTo(id, deed === 'run' ? 'done' : 'undone')
}

async function imported(body: string | Uint8Array, change: object = {}) {
  const id = await uploaded(body, change)
  await checked(id)
  return done(id)
}

/** One file is refused its plans again and again. */
let plannedId: string | undefined

const contacts = () =>
  api.sql.query(
    `select c.phone, c.name, c.language, c.fields,
       (select json_agg(m.group_id order by m.group_id) from group_member m where m.phone = c.phone) as groups
     from contact c order by c.phone`,
  )

describe('a file', () => {
  test('is looked at, tried, imported and undone', async () => {
    await api.sql.script(
      `insert into contact (phone, name, fields, created_at, updated_at)
         values ('+36301000002', 'Béla', '{"city": "Pécs"}', now() - interval '1 day', now() - interval '1 day'),
                ('+36301000003', 'Cili', '{}', now() - interval '1 day', now() - interval '1 day');`,
    )
    const file = `Name;Telefon;Nyelv;City;Groups
Anna;+36 30 100 0001;Hungarian;Győr;Újak
Béla;06301000002;hu;Szeged;
Cili;301000003;;;
Anna Kiss;"36 (30) 100-0001";;;Autumn
Nobody;12;;;
Late;3.63E+10;;;
`
    const look = await upload(file)
    expect(look.json).toMatchObject({
      reading: { kind: 'csv', encoding: 'utf-8', delimiter: ';', hasHeader: true },
      columns: ['Name', 'Telefon', 'Nyelv', 'City', 'Groups'],
      mapping: ['name', 'phone', 'language', 'field:city', 'groups'],
      rules: null,
      counts: null,
    })
    const { id } = look.json
    expect(await api.ask('POST', `/imports/${id}/check`)).toMatchObject({
      status: 409,
      json: { code: 'imports/not-planned' },
    })
    expect(await api.ask('POST', `/imports/${id}/run`)).toMatchObject({
      status: 409,
      json: { code: 'imports/not-now' },
    })
    await api.ask('PUT', `/imports/${id}`, { body: { rules: { country: 'HU', groups: ['autumn'] } } })
    const before = await contacts()
    expect((await checked(id)).counts).toEqual({
      rows: 6,
      created: 1,
      changed: 2,
      same: 0,
      skipped: 0,
      merged: 1,
      refused: { phone: 2 },
      optedOut: 0,
      newGroups: [{ id: 'ujak', title: 'Újak' }],
    })
    expect(await contacts()).toEqual(before)

    expect((await done(id)).result).toMatchObject({ created: 1, changed: 2, same: 0, consents: 0 })
    expect(await contacts()).toEqual([
      {
        phone: '+36301000001',
        name: 'Anna Kiss',
        language: 'hu',
        fields: { city: 'Győr' },
        groups: ['autumn', 'ujak'],
      },
      { phone: '+36301000002', name: 'Béla', language: 'hu', fields: { city: 'Szeged' }, groups: ['autumn'] },
      { phone: '+36301000003', name: 'Cili', language: null, fields: {}, groups: ['autumn'] },
    ])
    const rows = await api.ask('GET', `/imports/${id}/rows`)
    expect(rows.headers.get('content-disposition')).toContain('people%20not%20imported.csv')
    expect(rows.text.split('\r\n')).toEqual([
      'Name,Telefon,Nyelv,City,Groups,Row,Why it was not imported',
      'Nobody,12,,,,6,"""12"" is no phone number of HU, and has no + before a country’s code."',
      'Late,3.63E+10,,,,7,"""3.63E+10"" was shortened by a spreadsheet, and its last digits are lost: format the column as text and enter it again."',
      '',
    ])

    await api.sql.query(`update contact set name = 'Béla Nagy', updated_at = now() where phone = '+36301000002'`)
    await api.sql.query(`update contact set fields = '{"city": "Baja"}' where phone = '+36301000002'`)
    expect((await done(id, 'undo')).undone).toEqual({ removed: 1, restored: 1, kept: 1 })
    expect(await contacts()).toEqual([
      { phone: '+36301000002', name: 'Béla Nagy', language: null, fields: { city: 'Baja' }, groups: null },
      { phone: '+36301000003', name: 'Cili', language: null, fields: {}, groups: null },
    ])
    const kept = await api.ask('GET', `/imports/${id}/rows?of=kept`)
    expect(kept.text).toContain('+36301000002,3,"Changed since, and stays: field:city."')
    expect(await api.ask('POST', `/imports/${id}/undo`)).toMatchObject({ status: 409 })
    const history = await api.sql.query(
      `select source, changes from contact_change where phone = '+36301000001' order by id`,
    )
    expect(history).toMatchObject([
      { source: 'import' },
      { source: 'import', changes: [{ what: 'contact', to: false }] },
    ])
  })

  test.each([
    { only: 'new', counts: { created: 1, skipped: 1 }, names: ['Anna', 'New'] },
    { only: 'existing', counts: { changed: 1, skipped: 1 }, names: ['Anna Kiss'] },
  ])('of which only the $only are meant leaves the others alone', async ({ only, counts, names }) => {
    await imported('phone,name\n+36301000001,Anna\n')
    const id = await uploaded('phone,name\n+36301000001,Anna Kiss\n+36301000002,New\n', { rules: { only } })
    expect((await checked(id)).counts).toMatchObject(counts)
    expect((await done(id)).result).toMatchObject(counts)
    expect((await contacts()).map(({ name }) => name)).toEqual(names)
  })

  test('takes a short code for a contact only where it is one', async () => {
    const id = await uploaded('phone;name\n4040;x\n+36301000001;y\n')
    expect((await checked(id)).counts).toMatchObject({ created: 1, refused: { phone: 1 } })
    expect((await api.ask('GET', `/imports/${id}/rows`)).text).toContain('4040,x,2,"""4040"" has too few digits')
  })

  test('is read again as somebody says', async () => {
    const look = await upload(Buffer.from('N\xe9v;Tel\nErd\xf5;+36301000001\n', 'latin1'))
    expect(look.json).toMatchObject({
      reading: { encoding: 'windows-1250', isEncodingSure: false },
      rows: [['Erdő', '+36301000001']],
    })
    const again = await api.ask('PUT', `/imports/${look.json.id}`, {
      body: { reading: { encoding: 'windows-1252', hasHeader: false } },
    })
    expect(again.json).toMatchObject({
      columns: ['Column A', 'Column B'],
      rows: [
        ['Név', 'Tel'],
        ['Erdõ', '+36301000001'],
      ],
      mapping: [null, 'phone'],
    })
  })

  test.each([
    { what: 'no phone', change: { mapping: ['name', null] }, says: /One column must hold the phone numbers/ },
    { what: 'two phones', change: { mapping: ['phone', 'phone'] }, says: /cannot both be the phone/ },
    { what: 'too few columns', change: { mapping: ['phone'] }, says: /an entry for each of the 2 columns/ },
    { what: 'a field that is not there', change: { mapping: ['phone', 'field:nope'] }, says: /no field "nope"/ },
    { what: 'a group that is not there', change: { rules: { groups: ['nope'] } }, says: /no group "nope"/ },
    {
      what: 'consent without words',
      change: { rules: { consent: { state: 'in', topic: '', words: '' } } },
      says: /words/,
    },
  ])('with $what is refused', async ({ change, says }) => {
    plannedId ??= (await upload('phone,name\n+36301000001,Anna\n')).json.id
    const answer = await api.ask('PUT', `/imports/${plannedId}`, { body: change })
    expect(answer.status).toBe(422)
    expect(answer.json.detail + JSON.stringify(answer.json.issues)).toMatch(says)
  })

  test.each([
    { what: 'nothing', body: '', status: 422, says: /empty|no file/ },
    { what: 'a PDF', body: '%PDF-1.7', status: 422, says: /PDF/ },
    { what: 'too much', body: new Uint8Array(50_000_001), status: 413, says: /50 MB/ },
    { what: 'too many columns', body: `${'a,'.repeat(300)}b\n`, status: 413, says: /301 columns/ },
  ])('that is $what is refused and not kept', async ({ body, status, says }) => {
    const before = (await api.ask('GET', '/imports?limit=1')).json.items[0]?.id
    const answer = await upload(body)
    expect(answer.status).toBe(status)
    expect(answer.json.detail).toMatch(says)
    expect((await api.ask('GET', '/imports?limit=1')).json.items[0]?.id).toBe(before)
  })

  test('that turns out broken says so, and harms nothing', async () => {
    const id = await uploaded(`phone,name\n${'+36301000001,x\n'.repeat(200)}"+3630`)
    await api.ask('POST', `/imports/${id}/check`)
    let item = (await api.ask('GET', `/imports/${id}`)).json
    while (item.state === 'checking') item = (await api.ask('GET', `/imports/${id}`)).json
    expect(item).toMatchObject({ state: 'failed', problem: expect.stringContaining('row 202 is never closed') })
    expect(await api.ask('DELETE', `/imports/${id}`)).toMatchObject({ status: 204 })
    expect(await api.ask('GET', `/imports/${id}`)).toMatchObject({ status: 404 })
  })
})

describe('consent that a file declares', () => {
  const consent = { state: 'in', topic: 'news', words: 'Form at the fair, March 2026' }
  const ledger = () =>
    api.sql.query('select phone, topic, state, words, source, actor_name from consent_entry order by id')
  const standing = () => api.sql.query('select phone, topic, state from consent order by phone, topic')

  test('is recorded with its words, never against an opt-out, and undone', async () => {
    await api.sql.script(
      `insert into suppression (phone, topic, source, at) values ('+36301000002', '', 'keyword', now() - interval '1 day');
       insert into consent (topic, phone, state, source, at) values
         ('', '+36301000002', 'out', 'keyword', now() - interval '1 day'),
         ('news', '+36301000003', 'pending', 'flow', now() - interval '1 day');`,
    )
    const id = await uploaded('phone\n+36301000001\n+36301000002\n+36301000003\n', { rules: { consent } })
    expect((await checked(id)).counts).toMatchObject({ created: 3, optedOut: 1 })
    expect((await done(id)).result).toMatchObject({ consents: 2, refusedConsents: 1 })
    expect(await ledger()).toEqual(
      ['+36301000001', '+36301000003'].map((phone) => ({
        phone,
        topic: 'news',
        state: 'in',
        words: consent.words,
        source: 'import',
        actor_name: 'TEXTLOOM_API_KEY',
      })),
    )
    await done(id, 'undo')
    expect(await standing()).toEqual([
      { phone: '+36301000002', topic: '', state: 'out' },
      { phone: '+36301000003', topic: 'news', state: 'pending' },
    ])
    expect((await ledger()).slice(2)).toMatchObject([{ state: 'none' }, { state: 'pending' }])
    expect(await api.sql.query('select phone from suppression')).toEqual([{ phone: '+36301000002' }])
  })

  test('is refused by those who were erased after STOP, and their opt-out is back', async () => {
    await imported('phone\n+36301000009\n')
    await api.sql.query(`insert into erased_opt_out (hash, topic, at) values ($1::text, '', now())`, [
      hashOf('+36301000001'),
    ])
    const id = await uploaded('phone\n+36301000001\n+36301000002\n', { rules: { consent } })
    expect((await checked(id)).counts).toMatchObject({ optedOut: 1 })
    expect((await done(id)).result).toMatchObject({ consents: 1, refusedConsents: 1 })
    expect(await api.sql.query('select phone, source from suppression')).toEqual([
      { phone: '+36301000001', source: 'erased' },
    ])
  })

  test('may be an opt-out, which an undo takes back', async () => {
    const out = { state: 'out', topic: '', words: 'Opt-outs of the old system' }
    const { id } = await imported('phone\n+36301000001\n', { rules: { consent: out } })
    expect(await api.sql.query('select phone, topic, source from suppression')).toEqual([
      { phone: '+36301000001', topic: '', source: 'import' },
    ])
    await done(id, 'undo')
    expect(await api.sql.query('select * from suppression')).toEqual([])
  })
})

describe('an import underway', () => {
  test('is cancelled, goes on where it stopped, and does nothing twice', async () => {
    const lines = Array.from({ length: 1_700 }, (_, index) => `+3630${1_000_000 + index},P${index}`)
    const id = await uploaded(`phone,name\n${lines.join('\n')}\n`)
    await checked(id)
    await api.ask('POST', `/imports/${id}/run`)
    const stopped = await api.ask('POST', `/imports/${id}/cancel`)
    expect(stopped).toMatchObject({ status: 200, json: { state: 'cancelled' } })
    expect(stopped.json.result?.created ?? 0).toBeLessThan(1_700)
    expect((await done(id)).result).toMatchObject({ created: 1_700, changed: 0, same: 0 })
    expect(await api.sql.query('select count(*) as n from contact_change')).toEqual([{ n: 1_700 }])
    expect(await api.sql.query('select n from contact_import_piece where import_id = $1::uuid', [id])).toEqual([])
  })
})

describe('contacts are exported', () => {
  const rows = [
    ['Phone', 'Name', 'Language', 'Time zone', 'Groups', 'City', 'Age', 'VIP'],
    ['+36301000001', '=HYPERLINK("x")', 'hu', 'Europe/Budapest', 'autumn', '@home, "x"', '-5.5', 'yes'],
    ['+36301000002', "'quoted", 'de', '', '', '-1+2', '31', 'no'],
    ['+36301000003', '', '', '', '', '', '', ''],
  ]
  test.each(['csv', 'xlsx'])('as %s, are no formulas, and change nothing when they come back', async (format) => {
    await imported(await workbookOf(rows))
    const before = await contacts()
    const response = await api.app.request(`/api/v1/contacts/export?format=${format}`, {
      headers: { authorization: `Bearer ${testKey}` },
    })
    expect(response.status).toBe(200)
    const octets = new Uint8Array(await response.arrayBuffer())
    if (format === 'csv') {
      const text = new TextDecoder().decode(octets)
      expect(text).toContain(`+36301000001,"'=HYPERLINK(""x"")",hu,Europe/Budapest,autumn,"'@home, ""x""",-5.5,yes,,`)
    }
    const id = await uploaded(octets)
    expect((await checked(id)).counts).toMatchObject({ rows: 3, created: 0, changed: 0, same: 3, refused: {} })
    expect(await contacts()).toEqual(before)
  })

  test('by a query and a group', async () => {
    await imported(await workbookOf(rows))
    const found = await api.ask('GET', '/contacts/export?query=language%20%3D%20de')
    expect(found.text.split('\r\n').slice(1, -1)).toHaveLength(1)
    expect((await api.ask('GET', '/contacts/export?group=autumn')).text).toContain('+36301000001')
    expect(await api.ask('GET', '/contacts/export?query=age%20%3E')).toMatchObject({ status: 422 })
  })
})
