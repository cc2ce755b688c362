import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance()
})
afterAll(() => api.stop())

const letters = async (query = '') => (await api.ask('GET', `/dead-letters${query}`)).json.items

describe('a dead letter', () => {
  test('is handled again once there is something that can', async () => {
    await api.kit.says('+15550001', 'hello')
    const [letter] = await letters('?phone=0015550001')
    expect(letter).toMatchObject({
      kind: 'mo',
      reason: 'no-flow',
      channel: '4040',
      phone: '+15550001',
      resolvedAt: null,
    })
    const { json: detail } = await api.ask('GET', `/dead-letters/${letter.id}`)
    expect(detail.event).toMatchObject({ kind: 'mo', text: 'hello' })

    await api.ask('POST', '/flows', { body: greetingFlow() })
    await api.ask('POST', '/flows/greeting/publish', { body: { channels: ['4040'] } })
    const retried = await api.ask('POST', `/dead-letters/${letter.id}/retry`)
    expect(retried).toMatchObject({ status: 200, json: { id: letter.id, outcome: 'transition' } })
    expect(await api.kit.heard('+15550001', 1)).toEqual(['Shall we? hello'])

    expect(await letters()).toEqual([])
    expect(await letters('?resolved=true')).toMatchObject([{ id: letter.id, resolution: 'retried' }])
    expect((await api.ask('POST', `/dead-letters/${letter.id}/retry`)).json).toMatchObject({
      code: 'dead-letters/resolved',
    })
  })

  test('is put aside, once', async () => {
    await api.kit.says('+15550002', 'nothing begins with this')
    const [letter] = await letters()
    const path = `/dead-letters/${letter.id}/dismiss`
    expect(await api.ask('POST', path)).toMatchObject({ status: 200, json: { resolution: 'dismissed' } })
    expect(await api.ask('POST', path)).toMatchObject({ status: 409, json: { code: 'dead-letters/resolved' } })
    expect(await letters('?resolved=all&reason=no-flow')).toHaveLength(2)
  })

  test('whose event could not be stored cannot be tried again', async () => {
    await api.kit.says('+15550003', 'again nothing')
    const [letter] = await letters()
    await api.sql.query('update dead_letter set event = null where id = $1::uuid', [letter.id])
    expect((await api.ask('POST', `/dead-letters/${letter.id}/retry`)).json).toMatchObject({
      code: 'dead-letters/not-retryable',
    })
  })

  test('that nobody knows is not found', async () => {
    const path = '/dead-letters/01a202cb-ba14-7eab-8383-b75a5e01ebde'
    for (const [method, more] of [
      ['GET', ''],
      ['POST', '/retry'],
      ['POST', '/dismiss'],
    ] as const) {
      expect((await api.ask(method, `${path}${more}`)).json).toMatchObject({ code: 'dead-letters/not-found' })
    }
  })
})
