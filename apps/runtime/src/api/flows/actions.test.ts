import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { signedIn } from '../testing/browser.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const store = async (id: string) => (await api.ask('POST', '/flows', { body: greetingFlow({ id }) })).json.etag
const publish = (id: string, channels = ['4040']) => api.ask('POST', `/flows/${id}/publish`, { body: { channels } })
const itemOf = async (id: string) =>
  (await api.ask('GET', `/flows?archived=true&search=${id}`)).json.items.find((one: { id: string }) => one.id === id)
const renamed = (id: string, name: string) => ({ ...greetingFlow({ id }), name })

describe('the list of flows', () => {
  test('tells drafts from live ones, what changed since, and who edited last', async () => {
    const editor = await signedIn(api, 'editor')
    await editor.ask('POST', '/flows', { body: greetingFlow({ id: 'life' }) })
    const common = { updatedBy: editor.user.name, sessions: 0 }
    expect(await itemOf('life')).toMatchObject({ ...common, status: 'draft', revision: null, hasChanges: false })
    await publish('life')
    expect(await itemOf('life')).toMatchObject({
      status: 'live',
      revision: 1,
      hasChanges: false,
      published: [{ channel: '4040', revision: 1 }],
    })
    await api.ask('PUT', '/flows/life', { body: renamed('life', 'Other'), headers: { 'if-match': '*' } })
    expect(await itemOf('life')).toMatchObject({ status: 'live', hasChanges: true, updatedBy: 'TEXTLOOM_API_KEY' })
    await publish('life', [])
    expect(await itemOf('life')).toMatchObject({ status: 'off', revision: 2, hasChanges: false, published: [] })
  })

  test('is searched by name and id, and takes no sign for another', async () => {
    await api.ask('POST', '/flows', { body: renamed('zeta', '100% Größe_x') })
    const found = async (search: string) =>
      (await api.ask('GET', `/flows?search=${encodeURIComponent(search)}`)).json.items.map(
        ({ id }: { id: string }) => id,
      )
    expect(await found('GRÖSSE'.replace('SS', 'ß'))).toEqual(['zeta'])
    expect(await found('zET')).toEqual(['zeta'])
    expect(await found('100%')).toEqual(['zeta'])
    expect(await found('0_')).toEqual([])
    expect(await found('e_x')).toEqual(['zeta'])
  })
})

describe('a live flow', () => {
  test('shows who is in the middle of which revision', async () => {
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'talk', keyword: 'talk' }) })
    await publish('talk')
    await api.kit.says('+36301110001', 'talk')
    await api.kit.says('+36301110002', 'talk')
    await api.ask('POST', '/flows/talk/rename', { body: { name: 'Talk two' } })
    await publish('talk')
    await api.kit.says('+36301110003', 'talk')
    const { json } = await api.ask('GET', '/flows/talk/live')
    expect(json).toMatchObject({
      id: 'talk',
      name: 'Talk two',
      sessions: 3,
      revisions: [
        { revision: 2, channels: ['4040'], sessions: 1 },
        { revision: 1, channels: [], sessions: 2 },
      ],
    })
    expect(Date.parse(json.revisions[1].oldestStartedAt)).toBeLessThanOrEqual(api.kit.clock.now())
    expect((await api.ask('GET', '/flows/nothing/live')).status).toBe(404)
  })
})

describe('a revision', () => {
  test('is restored into the draft, against the tag that was seen', async () => {
    await store('back')
    await publish('back')
    const first = await api.ask('GET', '/flows/back/revisions/1')
    const changed = await api.ask('PUT', '/flows/back', {
      body: renamed('back', 'Changed'),
      headers: { 'if-match': '*' },
    })
    const restore = (headers = {}) => api.ask('POST', '/flows/back/revisions/1/restore', { headers })
    expect((await restore()).status).toBe(428)
    expect(await restore({ 'if-match': '"stale"' })).toMatchObject({ status: 409, json: { code: 'flows/changed' } })
    const restored = await restore({ 'if-match': changed.json.etag })
    expect(restored).toMatchObject({ status: 200, json: { id: 'back', issues: [] } })
    const draft = await api.ask('GET', '/flows/back')
    expect([draft.text, draft.headers.get('etag')]).toEqual([first.text, restored.json.etag])
    expect(await itemOf('back')).toMatchObject({ hasChanges: false })
    expect((await api.ask('POST', '/flows/back/revisions/9/restore', { headers: { 'if-match': '*' } })).status).toBe(
      404,
    )
  })
})

describe('a flow', () => {
  test('is renamed in its document', async () => {
    const etag = await store('named')
    const { status, json } = await api.ask('POST', '/flows/named/rename', { body: { name: ' Better ' } })
    expect(status).toBe(200)
    expect(json.etag).not.toBe(etag)
    expect((await api.ask('GET', '/flows/named')).json).toMatchObject({ id: 'named', name: 'Better' })
    expect((await api.ask('POST', '/flows/named/rename', { body: { name: '' } })).status).toBe(422)
  })

  test('is duplicated under another id', async () => {
    await store('once')
    const body = { id: 'twice', name: 'Twice' }
    const copy = await api.ask('POST', '/flows/once/duplicate', { body })
    expect(copy).toMatchObject({ status: 201, json: { id: 'twice', issues: [] } })
    const [one, other] = await Promise.all(['once', 'twice'].map((id) => api.ask('GET', `/flows/${id}`)))
    expect(other?.json).toEqual({ ...one?.json, ...body })
    expect(await api.ask('POST', '/flows/once/duplicate', { body })).toMatchObject({ status: 409 })
  })

  test('is put away without being lost, and comes back as a draft that listens nowhere', async () => {
    await store('away')
    expect((await api.ask('POST', '/flows/away/archive')).json).toMatchObject({ status: 'archived' })
    expect((await api.ask('GET', '/flows?search=away')).json.items).toEqual([])
    expect((await api.ask('POST', '/flows/away/unarchive')).json).toMatchObject({ status: 'draft', archivedAt: null })
    await publish('away')
    await api.ask('POST', '/flows/away/archive')
    expect((await api.ask('POST', '/flows/away/unarchive')).json).toMatchObject({ status: 'off', published: [] })
  })
})
