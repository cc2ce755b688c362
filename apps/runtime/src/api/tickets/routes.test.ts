import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskFlow } from '../../host/testing/flows.ts'
import { sampleRegistry } from '../../host/testing/sample-nodes.ts'
import { signedIn } from '../testing/browser.ts'
import { eventsOf, type TestInstance, testInstance, testKey } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ nodes: sampleRegistry, flows: [deskFlow()] })
  await api.ask('POST', '/queues', { body: { id: 'desk', name: 'Help desk', maxWait: 'PT10M' } })
  await api.ask('POST', '/queues', { body: { id: 'claims', name: 'Claims', parent: 'desk', topics: ['claim'] } })
})
afterAll(() => api.stop())

const ticketOf = async (phone: string) =>
  (await api.ask('GET', `/tickets?phone=${encodeURIComponent(phone)}`)).json.items[0]

describe('a ticket', () => {
  test('is listed, claimed, answered and closed, and its thread tells all of it', async () => {
    const phone = '+15550101'
    const stream = eventsOf(
      await api.app.request('/api/v1/events?phone=%2B15550101', { headers: { authorization: `Bearer ${testKey}` } }),
    )
    await stream.next()
    await api.kit.says(phone, 'human')
    const ticket = await ticketOf(phone)
    expect(ticket).toMatchObject({
      phone,
      channel: '4040',
      flow: 'help',
      node: 'desk',
      queue: 'desk',
      priority: 'high',
      note: 'Wants human',
      state: 'open',
      assignee: null,
      isWaiting: true,
      isOverdue: false,
      lastMessage: { direction: 'mo', text: 'human' },
    })
    const path = `/tickets/${ticket.id}`
    expect((await api.ask('GET', '/tickets?view=unassigned&queue=desk')).json.items).toHaveLength(1)
    expect((await api.ask('GET', '/tickets/waiting')).json).toEqual({ unassigned: 1, mine: 0 })
    expect((await api.ask('POST', `${path}/claim`)).json).toMatchObject({ assignee: { id: 'env', isYou: true } })
    expect((await api.ask('GET', '/tickets/waiting')).json).toEqual({ unassigned: 0, mine: 1 })
    expect((await api.ask('GET', '/tickets?view=mine')).json.items).toHaveLength(1)
    expect((await api.ask('GET', '/tickets?view=unassigned')).json.items).toHaveLength(0)

    const headers = { 'idempotency-key': 'reply-once' }
    const replied = await api.ask('POST', `${path}/reply`, { body: { text: 'What is it?' }, headers })
    expect(replied).toMatchObject({ status: 202, json: { ticket: ticket.id } })
    expect((await api.ask('POST', `${path}/reply`, { body: { text: 'What is it?' }, headers })).text).toBe(replied.text)
    expect(await api.kit.heard(phone, 1)).toEqual(['What is it?'])
    expect((await api.ask('GET', '/tickets/waiting')).json).toEqual({ unassigned: 0, mine: 0 })
    await api.kit.says(phone, 'My bill')
    expect((await api.ask('GET', '/tickets/waiting')).json).toEqual({ unassigned: 0, mine: 1 })
    expect((await api.ask('GET', path)).json).toMatchObject({ isWaiting: true, lastMessage: { text: 'My bill' } })
    await api.ask('POST', `${path}/notes`, { body: { text: 'Check the invoice' } })
    const closed = await api.ask('POST', `${path}/close`, { body: { outcome: 'resolved', note: 'Refunded' } })
    expect(closed.json).toMatchObject({ state: 'closed', outcome: 'resolved', isWaiting: false })
    expect(await api.kit.heard(phone, 2)).toEqual(['What is it?', 'Glad we could help.'])

    const thread = (await api.ask('GET', `${path}/messages`)).json.items
    expect(
      thread.map((one: { kind: string; what?: string; text?: string; message?: { text: string } }) =>
        one.kind === 'event' ? `(${one.what})` : (one.message?.text ?? `note: ${one.text}`),
      ),
    ).toEqual([
      'human',
      '(opened)',
      '(claimed)',
      'What is it?',
      'My bill',
      'note: Check the invoice',
      'note: Refunded',
      '(closed)',
      'Glad we could help.',
    ])
    expect(thread[0]).toMatchObject({ kind: 'message', isBefore: true, isAfter: false })
    await api.kit.says(phone, 'One more thing')
    const later = (await api.ask('GET', `${path}/messages`)).json
    expect(later).toMatchObject({ hasMore: false, skipsLater: false })
    expect(later.items.at(-1)).toMatchObject({ isAfter: true, message: { text: 'One more thing' } })
    const kinds = new Set<string>()
    while (!kinds.has('ticket ticket.closed')) {
      const one = await stream.next()
      kinds.add(`${one?.event} ${one?.data.kind}`)
    }
    expect([...kinds]).toEqual(
      expect.arrayContaining(['ticket ticket.opened', 'ticket ticket.heard', 'message mo.received']),
    )
    await stream.close()

    expect((await api.ask('GET', '/tickets?view=closed')).json.items).toMatchObject([{ id: ticket.id }])
    expect(await api.ask('POST', `${path}/claim`)).toMatchObject({ status: 409, json: { code: 'tickets/closed' } })
  })

  test('is refused a reply after STOP', async () => {
    const phone = '+15550102'
    await api.kit.says(phone, 'human')
    const { id } = await ticketOf(phone)
    await api.kit.says(phone, 'stop')
    expect(await api.ask('POST', `/tickets/${id}/reply`, { body: { text: 'Hello?' } })).toMatchObject({
      status: 409,
      json: { code: 'tickets/closed' },
    })
    expect((await api.ask('GET', `/tickets/${id}`)).json).toMatchObject({ outcome: 'withdrawn' })
  })

  test('moves between people and queues', async () => {
    const phone = '+15550103'
    await api.kit.says(phone, 'human')
    const { id } = await ticketOf(phone)
    const agent = await signedIn(api, 'agent')
    await api.ask('POST', `/tickets/${id}/claim`)
    expect(await agent.ask('POST', `/tickets/${id}/claim`)).toMatchObject({
      status: 409,
      json: { code: 'tickets/taken' },
    })
    const { items } = (await agent.ask('GET', '/tickets/assignees')).json
    const [somebody] = items
    const given = await api.ask('POST', `/tickets/${id}/transfer`, { body: { to: somebody.id } })
    expect(given.json.assignee).toMatchObject({ name: somebody.name })
    const moved = await agent.ask('POST', `/tickets/${id}/transfer`, { body: { queue: 'claims' } })
    expect(moved.json).toMatchObject({ queue: 'claims', assignee: null })
    expect((await agent.ask('GET', '/tickets?queue=desk')).json.items).toMatchObject([{ id }])
    expect(await agent.ask('DELETE', '/queues/claims')).toMatchObject({ status: 403 })
    expect(await api.ask('DELETE', '/queues/claims')).toMatchObject({ status: 409, json: { code: 'queues/in-use' } })
  })

  test.each([
    { body: {}, status: 422 },
    { body: { queue: 'nowhere' }, status: 404 },
    { body: { to: '01a202cb-ba14-7eab-8383-b75a5e01ebde' }, status: 422 },
  ])('is not transferred with $body', async ({ body, status }) => {
    const phone = '+15550104'
    await api.kit.says(phone, 'human')
    const { id } = await ticketOf(phone)
    expect((await api.ask('POST', `/tickets/${id}/transfer`, { body })).status).toBe(status)
  })

  test('that is not there is not found', async () => {
    const nobody = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/messages'],
      ['POST', '/claim'],
    ] as const) {
      expect((await api.ask(method, `/tickets/${nobody}${path}`)).json).toMatchObject({ code: 'tickets/not-found' })
    }
  })
})
