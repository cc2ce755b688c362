import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [greetingFlow()] })
})
afterAll(() => api.stop())

describe('a channel', () => {
  const body = {
    id: '5050',
    address: '5050',
    link: 'phone',
    messagesPerSecond: 10,
    country: 'HU',
    languages: ['hu', 'en'],
  }

  test('is added as TEXTLOOM_CONFIG would declare it, and can be used at once', async () => {
    const added = await api.ask('POST', '/channels', { body })
    expect(added).toMatchObject({ status: 201, json: { ...body, enabled: true, source: 'api', flows: [] } })
    const sent = await api.ask('POST', '/messages', { body: { channel: '5050', to: '06 30 123 4567', text: 'Szia' } })
    expect(sent).toMatchObject({ status: 202, json: { to: '+36301234567' } })
    expect((await api.ask('POST', '/channels', { body })).json).toMatchObject({ code: 'channels/exists' })
  })

  test('is changed by what was read of it, and says what listens on it', async () => {
    const { json: read } = await api.ask('GET', '/channels/4040')
    expect(read).toMatchObject({ id: '4040', link: 'phone', flows: [{ flow: 'greeting', revision: 1 }] })
    const changed = await api.ask('PUT', '/channels/4040', { body: { ...read, fallbackText: 'Pardon?' } })
    expect(changed).toMatchObject({ status: 200, json: { fallbackText: 'Pardon?' } })
    await api.kit.says('+15550001', 'what?')
    expect(await api.kit.heard('+15550001', 1)).toEqual(['Pardon?'])
  })

  test('that is switched off is no channel for messages', async () => {
    await api.ask('PUT', '/channels/5050', { body: { ...body, enabled: false } })
    const answer = await api.ask('POST', '/messages', { body: { channel: '5050', to: '+36301234567', text: 'x' } })
    expect(answer).toMatchObject({ status: 422, json: { code: 'channels/unknown' } })
  })

  test.each([
    { change: { link: 'none' }, message: 'link names "none", which is no link: add it first.' },
    { change: { link: [] }, message: expect.stringContaining('link') },
    { change: { country: 'Hungary' }, message: expect.stringContaining('country must be a country code') },
    { change: { adress: '1' }, message: 'adress is not a known field.' },
    { change: { languages: ['english!'] }, message: expect.stringContaining('languages[0] must be a language tag') },
    { change: { validity: '2h' }, message: expect.stringContaining('validity') },
  ])('with $change is refused', async ({ change, message }) => {
    const answer = await api.ask('POST', '/channels', { body: { ...body, id: 'new', ...change } })
    expect(answer.status).toBe(422)
    expect(answer.json.issues.map((issue: { message: string }) => issue.message)).toContainEqual(message)
    expect((await api.ask('GET', '/channels/new')).status).toBe(404)
  })

  test('that is removed takes every flow off it', async () => {
    expect((await api.ask('DELETE', '/channels/4040')).status).toBe(204)
    expect((await api.ask('GET', '/flows')).json.items).toMatchObject([{ id: 'greeting', published: [] }])
    expect((await api.ask('DELETE', '/channels/4040')).json).toMatchObject({ code: 'channels/not-found' })
  })

  test('that TEXTLOOM_CONFIG declares is read-only', async () => {
    await api.sql.query(`update channel set source = 'config' where id = '5050'`)
    const readOnly = { status: 409, json: { code: 'config/read-only' } }
    expect(await api.ask('PUT', '/channels/5050', { body })).toMatchObject(readOnly)
    expect(await api.ask('DELETE', '/channels/5050')).toMatchObject(readOnly)
  })
})
