import { formatFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callingFlow, greetingFlow } from '../../host/testing/flows.ts'
import { sampleRegistry } from '../../host/testing/sample-nodes.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ nodes: sampleRegistry })
})
afterAll(() => api.stop())

const unsound = (id: string) => {
  const flow = greetingFlow({ id })
  return { ...flow, edges: flow.edges.filter(({ sourceHandle }) => sourceHandle !== 'timeout') }
}

describe('a flow', () => {
  test('is stored, and read back in canonical form with its tag', async () => {
    const stored = await api.ask('POST', '/flows', { body: greetingFlow({ id: 'one' }) })
    expect(stored.status).toBe(201)
    expect(stored.json).toEqual({ id: 'one', etag: stored.headers.get('etag'), issues: [] })
    expect(stored.headers.get('location')).toBe('/api/v1/flows/one')

    const read = await api.ask('GET', '/flows/one')
    expect(read.text).toBe(formatFlow(greetingFlow({ id: 'one' }), registry))
    expect(read.headers.get('etag')).toBe(stored.json.etag)
    expect((await api.ask('GET', '/flows/one', { headers: { 'if-none-match': stored.json.etag } })).status).toBe(304)

    const again = await api.ask('POST', '/flows', { body: greetingFlow({ id: 'one' }) })
    expect(again).toMatchObject({ status: 409, json: { code: 'flows/exists', id: 'one' } })
  })

  test('with structural defects is refused with all of them, and nothing is stored', async () => {
    const flow = greetingFlow({ id: 'broken' })
    const [start, ...others] = flow.nodes
    const body = {
      ...flow,
      nodes: [{ ...start, type: 'keywrod' }, ...others, { ...others[0] }],
      edges: [...flow.edges, { id: 'e9', source: 'nowhere', sourceHandle: 'next', target: 'end' }],
      extra: 1,
    }
    const answer = await api.ask('POST', '/flows', { body })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject({ code: 'flows/invalid', status: 422 })
    const codes = answer.json.issues.map(({ code }: { code: string }) => code)
    expect(new Set(codes)).toEqual(
      new Set(['flow/unknown-node-type', 'flow/duplicate-id', 'flow/dangling-edge', 'flow/unknown-field']),
    )
    expect(answer.json.issues[0]).toMatchObject({ path: expect.any(String), message: expect.any(String) })
    expect((await api.ask('GET', '/flows/broken')).status).toBe(404)
  })

  test.each([
    { body: '{"format":', code: 'flow/not-json' },
    { body: '[]', code: undefined },
    { body: '"flow"', code: 'flow/schema' },
    { body: '{"__proto__":{"polluted":1},"format":"textloom/flow@1"}', code: 'flow/unknown-field' },
    { body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, code: 'flow/schema' },
  ])('that is $code is refused', async ({ body, code }) => {
    const answer = await api.ask('POST', '/flows', { body })
    expect(answer).toMatchObject({ status: 422, json: { code: 'flows/invalid' } })
    if (code) expect(answer.json.issues.map((issue: { code: string }) => issue.code)).toContain(code)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('of 6 MB is too large, and one of 11 MB is not even read', async () => {
    const flow = {
      ...greetingFlow({ id: 'large' }),
      notes: [{ id: 'n', position: { x: 0, y: 0 }, text: 'x'.repeat(6_000_000) }],
    }
    const large = await api.ask('POST', '/flows', { body: flow })
    expect(large).toMatchObject({ status: 422, json: { issues: [{ code: 'flow/too-large' }] } })
    expect(await api.ask('POST', '/flows', { body: 'x'.repeat(11_000_000) })).toMatchObject({
      status: 413,
      json: { code: 'request/too-large' },
    })
  })

  test('is changed only from the version it was read in', async () => {
    const { json: stored } = await api.ask('POST', '/flows', { body: greetingFlow({ id: 'two' }) })
    const changed = greetingFlow({ id: 'two', keyword: 'hi' })
    expect(await api.ask('PUT', '/flows/two', { body: changed })).toMatchObject({
      status: 428,
      json: { code: 'request/precondition' },
    })

    const put = await api.ask('PUT', '/flows/two', { body: changed, headers: { 'if-match': stored.etag } })
    expect(put).toMatchObject({ status: 200, json: { id: 'two', issues: [] } })
    expect(put.json.etag).not.toBe(stored.etag)

    const mine = greetingFlow({ id: 'two', keyword: 'mine' })
    const stale = await api.ask('PUT', '/flows/two', { body: mine, headers: { 'if-match': stored.etag } })
    expect(stale).toMatchObject({
      status: 409,
      json: { code: 'flows/changed', current: { etag: put.json.etag, document: changed }, yours: { document: mine } },
    })
    expect((await api.ask('PUT', '/flows/two', { body: mine, headers: { 'if-match': '*' } })).status).toBe(200)
    const moved = await api.ask('PUT', '/flows/two', {
      body: greetingFlow({ id: 'three' }),
      headers: { 'if-match': '*' },
    })
    expect(moved).toMatchObject({ status: 422, json: { code: 'request/invalid' } })
    expect((await api.ask('PUT', '/flows/nobody', { body: greetingFlow({ id: 'nobody' }) })).status).toBe(404)
  })

  test('that is unsound is a draft, and not published', async () => {
    const openExit = [
      { code: 'flow/open-exit', severity: 'error', node: 'ask' },
      { code: 'flow/unreachable', severity: 'warning', node: 'late' },
    ]
    const stored = await api.ask('POST', '/flows', { body: unsound('draft') })
    expect(stored).toMatchObject({ status: 201, json: { issues: openExit } })
    const published = await api.ask('POST', '/flows/draft/publish', { body: { channels: ['4040'] } })
    expect(published).toMatchObject({
      status: 422,
      json: { code: 'flows/unsound', issues: openExit },
    })
    expect((await api.ask('GET', '/flows/draft/revisions')).json.items).toEqual([])
  })

  test('that is published answers texts, and its revisions are kept', async () => {
    const { json: stored } = await api.ask('POST', '/flows', { body: greetingFlow({ id: 'live', keyword: 'live' }) })
    const first = await api.ask('POST', '/flows/live/publish', { body: { channels: ['4040'], note: 'first' } })
    expect(first).toMatchObject({ status: 200, json: { revision: 1, channels: ['4040'], issues: [] } })
    await api.kit.says('+15550100', 'live')
    expect(await api.kit.heard('+15550100', 1)).toEqual(['Shall we? live'])

    // Unchanged is the same revision; changed is the next, and leaves the channels it is not for.
    expect((await api.ask('POST', '/flows/live/publish', { body: { channels: ['4040'] } })).json.revision).toBe(1)
    const next = greetingFlow({ id: 'live', keyword: 'live2' })
    await api.ask('PUT', '/flows/live', { body: next, headers: { 'if-match': stored.etag } })
    expect((await api.ask('POST', '/flows/live/publish', { body: { channels: [] } })).json.revision).toBe(2)
    const { json } = await api.ask('GET', '/flows/live/revisions')
    expect(json).toMatchObject({
      items: [
        { revision: 2, note: null, channels: [] },
        { revision: 1, note: 'first', publishedBy: 'TEXTLOOM_API_KEY', channels: [] },
      ],
      nextCursor: null,
    })
    expect((await api.ask('GET', '/flows/live/revisions/1')).text).toBe(
      formatFlow(greetingFlow({ id: 'live', keyword: 'live' }), registry),
    )
    expect((await api.ask('GET', '/flows/live/revisions/3')).status).toBe(404)
    const unknown = await api.ask('POST', '/flows/live/publish', { body: { channels: ['4040', 'none'] } })
    expect(unknown).toMatchObject({ status: 422, json: { code: 'channels/unknown' } })
  })

  test('whose keyword another flow of the channel has too is published with a warning that says who gets it', async () => {
    const spring = (id: string, priority?: number) => {
      const flow = greetingFlow({ id, keyword: 'spring' })
      const nodes = flow.nodes.map((node) =>
        node.type === 'keyword' && priority !== undefined ? { ...node, data: { ...node.data, priority } } : node,
      )
      return { ...flow, nodes }
    }
    const publish = async (flow: { id: string }, channels: string[]) => {
      await api.ask('POST', '/flows', { body: flow })
      return (await api.ask('POST', `/flows/${flow.id}/publish`, { body: { channels } })).json.issues
    }
    expect(await publish(spring('clash-one'), ['4040'])).toEqual([])
    expect(await publish(spring('clash-two'), ['4040'])).toEqual([
      {
        code: 'flow/keyword-clash',
        severity: 'warning',
        kind: 'soundness',
        node: 'start',
        path: 'nodes[0].data.keywords',
        message:
          '“spring” goes to “clash-one” on 4040, not to this flow. Use another keyword, or give this one a higher priority.',
      },
    ])
    expect(await publish(spring('clash-three', 1), ['4040'])).toMatchObject([
      { message: expect.stringContaining('“spring” comes to this flow on 4040, not to “clash-one”.') },
      { message: expect.stringContaining('“spring” comes to this flow on 4040, not to “clash-two”.') },
    ])
    // The first keeps its place when it is published again.
    const again = await api.ask('POST', '/flows/clash-one/publish', { body: { channels: ['4040'] } })
    expect(again.json.issues.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining('comes to this flow on 4040, not to “clash-two”'),
      expect.stringContaining('goes to “clash-three” on 4040'),
    ])
    for (const id of ['clash-one', 'clash-two', 'clash-three']) await api.ask('DELETE', `/flows/${id}`)
  })

  test('that names a queue nobody set up is published with a warning', async () => {
    const flow = {
      ...greetingFlow({ id: 'handing-over', keyword: 'person' }),
      nodes: [
        { id: 'start', type: 'keyword', position: { x: 0, y: 0 }, data: { keywords: ['person'], match: 'exact' } },
        { id: 'desk', type: 'escalate', position: { x: 0, y: 240 }, data: { queue: 'suport', note: '' } },
        { id: 'end', type: 'end', position: { x: 0, y: 480 }, data: { outcome: 'completed' } },
      ],
      edges: [
        { id: 'e1', source: 'start', sourceHandle: 'next', target: 'desk' },
        ...['resolved', 'unavailable', 'outside-hours'].map((sourceHandle) => ({
          id: sourceHandle,
          source: 'desk',
          sourceHandle,
          target: 'end',
        })),
      ],
      variables: [],
    }
    await api.ask('POST', '/queues', { body: { id: 'support', name: 'Support' } })
    expect((await api.ask('POST', '/flows', { body: flow })).status).toBe(201)
    const publish = async () =>
      (await api.ask('POST', '/flows/handing-over/publish', { body: { channels: [] } })).json.issues
    expect(await publish()).toEqual([
      {
        code: 'publish/unknown-queue',
        severity: 'warning',
        kind: 'soundness',
        node: 'desk',
        path: 'nodes[1].data.queue',
        message:
          'There is no queue "suport", so its tickets have no hours and no people of their own: add it in the settings, or name another. Did you mean "support"?',
      },
    ])
    await api.ask('POST', '/queues', { body: { id: 'suport', name: 'Suport' } })
    expect(await publish()).toEqual([])
  })

  test('whose saved tests fail is published, and the answer says what each wanted and what came', async () => {
    const steps = (said: string) => [{ mo: 'tested' }, { mt: 'Shall we? tested' }, { mo: 'yes' }, { mt: said }]
    const body = {
      ...greetingFlow({ id: 'tested', keyword: 'tested' }),
      tests: [
        { name: 'Right', steps: steps('Good.') },
        { name: 'Wrong', steps: steps('Great.') },
        { name: 'Endless', steps: Array.from({ length: 5_000 }, () => ({ mo: 'x' })) },
      ],
    }
    expect((await api.ask('POST', '/flows', { body })).status).toBe(201)
    const { status, json } = await api.ask('POST', '/flows/tested/publish', { body: { channels: [] } })
    expect([status, json.revision]).toEqual([200, 1])
    expect(json.tests).toEqual({
      passed: 1,
      failed: [{ name: 'Wrong', step: 3, expected: 'the text "Great."', got: '< "Good."' }],
      notRun: 1,
    })
    expect(json.issues).toMatchObject([
      {
        code: 'publish/failing-test',
        severity: 'warning',
        path: 'tests[1].steps[3]',
        message: 'The saved test "Wrong" goes another way at step 4. Expected: the text "Great.". Came: < "Good.".',
      },
      { code: 'publish/untested', severity: 'warning', path: 'tests[2]' },
    ])
  })

  test('that is archived leaves lists and channels, and PUT brings it back', async () => {
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'old', keyword: 'old' }) })
    await api.ask('POST', '/flows/old/publish', { body: { channels: ['4040'] } })
    expect((await api.ask('DELETE', '/flows/old')).status).toBe(204)
    const ids = async (query = '') =>
      (await api.ask('GET', `/flows?limit=200${query}`)).json.items.map(({ id }: { id: string }) => id)
    expect(await ids()).not.toContain('old')
    expect(await ids('&archived=true')).toContain('old')
    expect((await api.ask('POST', '/flows/old/publish', { body: { channels: ['4040'] } })).status).toBe(404)
    expect((await api.ask('POST', '/flows', { body: greetingFlow({ id: 'old' }) })).status).toBe(409)
    await api.ask('PUT', '/flows/old', { body: greetingFlow({ id: 'old' }), headers: { 'if-match': '*' } })
    expect(await ids()).toContain('old')

    // One that never was published is gone altogether.
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'brief' }) })
    expect((await api.ask('DELETE', '/flows/brief')).status).toBe(204)
    expect((await api.ask('GET', '/flows/brief')).status).toBe(404)
  })

  test('that TEXTLOOM_CONFIG declares is read-only', async () => {
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'declared' }) })
    await api.sql.query(`update flow set source = 'config' where id = 'declared'`)
    const readOnly = { status: 409, json: { code: 'config/read-only' } }
    expect((await api.ask('GET', '/flows/declared')).headers.get('allow')).toBe('GET, HEAD')
    const headers = { 'if-match': '*' }
    expect(await api.ask('PUT', '/flows/declared', { body: greetingFlow({ id: 'declared' }), headers })).toMatchObject(
      readOnly,
    )
    expect(await api.ask('POST', '/flows/declared/publish', { body: { channels: [] } })).toMatchObject(readOnly)
    expect(await api.ask('DELETE', '/flows/declared')).toMatchObject(readOnly)
  })
})

describe('lists of flows', () => {
  test('come in pages that hold each flow once', async () => {
    for (const id of ['p1', 'p2', 'p3']) await api.ask('POST', '/flows', { body: greetingFlow({ id }) })
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 50; pages += 1) {
      const { json } = await api.ask('GET', `/flows?limit=2${cursor}`)
      expect(json.items.length).toBeLessThanOrEqual(2)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      if (json.nextCursor === null) break
      cursor = `&cursor=${json.nextCursor}`
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toEqual(expect.arrayContaining(['p1', 'p2', 'p3']))
  })

  test.each(['limit=0', 'limit=201', 'limit=1e9', 'limit=x', 'cursor=%00', 'archived=maybe'])(
    'refuse ?%s',
    async (query) => {
      expect(await api.ask('GET', `/flows?${query}`)).toMatchObject({
        status: 422,
        json: { code: 'request/invalid', issues: [{ in: 'query', path: query.split('=')[0] }] },
      })
    },
  )
})

describe('an import', () => {
  test('takes one flow or a list of them, all or none', async () => {
    const one = await api.ask('POST', '/flows/import', { body: greetingFlow({ id: 'i1' }) })
    expect(one).toMatchObject({ status: 200, json: { items: [{ id: 'i1', status: 'created' }] } })
    const both = [greetingFlow({ id: 'i2' }), greetingFlow({ id: 'i1', keyword: 'new' })]
    expect(await api.ask('POST', '/flows/import', { body: both })).toMatchObject({ status: 409, json: { id: 'i1' } })
    expect((await api.ask('GET', '/flows/i2')).status).toBe(404)
    const replaced = await api.ask('POST', '/flows/import?existing=replace', { body: both })
    expect(replaced.json.items).toMatchObject([
      { id: 'i2', status: 'created' },
      { id: 'i1', status: 'replaced' },
    ])
    const copied = await api.ask('POST', '/flows/import?existing=copy', { body: both })
    expect(copied.json.items).toMatchObject([
      { id: 'i2', importedAs: 'i2-2' },
      { id: 'i1', importedAs: 'i1-2' },
    ])
    expect((await api.ask('GET', '/flows/i1-2')).json).toMatchObject({ id: 'i1-2', name: 'i1 (2)' })
  })
})

describe('a flow that calls others', () => {
  test('is published once they exist, with a warning until they are published too', async () => {
    const publish = (id: string) => api.ask('POST', `/flows/${id}/publish`, { body: { channels: ['4040'] } })
    const codes = ({ json }: { json: { issues: { code: string }[] } }) => json.issues.map(({ code }) => code)
    await api.ask('POST', '/flows', { body: callingFlow('pong', 'ping') })
    const refused = await publish('ping')
    expect(refused.status).toBe(422)
    expect(codes(refused)).toContain('flow/unknown-flow')
    await api.ask('POST', '/flows', { body: greetingFlow({ id: 'pong' }) })
    const warned = await publish('ping')
    expect(warned.status).toBe(200)
    expect(codes(warned)).toContain('publish/unpublished-flow')
    await publish('pong')
    expect(codes(await publish('ping'))).not.toContain('publish/unpublished-flow')
  })
})
