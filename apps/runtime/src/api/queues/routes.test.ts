import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const desk = {
  id: 'desk',
  name: 'Help desk',
  hours: [{ days: ['mon', 'tue'], from: '09:00', to: '17:00' }],
  holidays: ['2026-12-24'],
  timezone: 'Europe/Budapest',
  maxWait: 'PT10M',
}

describe('a queue', () => {
  test('is added, read, changed and removed', async () => {
    const added = await api.ask('POST', '/queues', { body: desk })
    expect(added).toMatchObject({ status: 201, json: { ...desk, source: 'api', openTickets: 0 } })
    expect(added.headers.get('location')).toBe('/api/v1/queues/desk')
    expect(await api.ask('POST', '/queues', { body: desk })).toMatchObject({
      status: 409,
      json: { code: 'queues/exists' },
    })
    const changed = await api.ask('PUT', '/queues/desk', { body: { ...added.json, name: 'Desk' } })
    expect(changed).toMatchObject({ status: 200, json: { ...desk, name: 'Desk' } })
    await api.ask('POST', '/queues', { body: { id: 'claims', name: 'Claims', parent: 'desk' } })
    expect((await api.ask('GET', '/queues')).json.items).toMatchObject([
      { id: 'claims', parent: 'desk' },
      { id: 'desk' },
    ])
    expect((await api.ask('DELETE', '/queues/desk')).status).toBe(204)
    expect((await api.ask('GET', '/queues/claims')).json.parent).toBeUndefined()
    expect((await api.ask('GET', '/queues/desk')).json).toMatchObject({ code: 'queues/not-found' })
  })

  test.each([
    { what: 'hours that are none', body: { hours: [{ days: ['mon'], from: '9', to: '17:00' }] } },
    { what: 'a time zone nobody knows', body: { timezone: 'Europe/Nowhere' } },
    { what: 'a parent that is not there', body: { parent: 'nowhere' } },
    { what: 'itself for a parent', body: { parent: 'odd' } },
    { what: 'a field it does not have', body: { opens: '09:00' } },
  ])('with $what is refused', async ({ body }) => {
    expect(await api.ask('POST', '/queues', { body: { id: 'odd', name: 'Odd', ...body } })).toMatchObject({
      status: 422,
      json: { code: 'request/invalid' },
    })
  })
})
