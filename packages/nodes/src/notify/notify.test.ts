import type { JsonObject } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { notify } from './index.ts'
import { type NotifyData, notifySchema } from './schema.ts'

test.each<{ data: NotifyData; notice: object }>([
  {
    data: { by: 'email', to: ['a@example.com', '{{ vars.boss }}'], subject: 'About {{ contact.name }}', text: 'Call!' },
    notice: { by: 'email', to: ['a@example.com', 'boss@example.com'], subject: 'About Bo', text: 'Call!' },
  },
  {
    data: { by: 'sms', to: ['+36 20 123 4567'], text: 'Call {{ contact.phone }}' },
    notice: { by: 'sms', to: ['+36 20 123 4567'], text: 'Call +15550001' },
  },
  {
    data: { by: 'webhook', to: ['https://example.com/{{ contact.name }}'], text: 'Now' },
    notice: { by: 'webhook', to: ['https://example.com/Bo'], text: 'Now' },
  },
])('$data.by tells $notice and the session goes on at once', ({ data, notice }) => {
  const variables = [{ name: 'boss', type: 'text' as const, default: 'boss@example.com' }]
  const session = sessionOn(notify, data as JsonObject, { contact: { name: 'Bo' }, variables })
  expect(session.effects).toEqual([{ kind: 'notify', node: 'notify', ...notice }])
  expect(session.leftBy).toBe('next')
})

const email: NotifyData = { by: 'email', to: ['a@example.com'], text: 'Call' }

test.each<{ data: NotifyData; issues: string[] }>([
  { data: email, issues: [] },
  { data: { ...email, to: [] }, issues: ['notify/no-recipient at to'] },
  { data: { ...email, to: [' '] }, issues: ['notify/no-recipient at to'] },
  {
    data: { ...email, to: ['a@example.com', 'bob', 'a@b'] },
    issues: ['notify/bad-recipient at to[1]', 'notify/bad-recipient at to[2]'],
  },
  { data: { ...email, to: ['{{ vars.boss }}'] }, issues: [] },
  { data: { ...email, text: ' ' }, issues: ['notify/no-text at text'] },
  { data: { by: 'sms', to: ['+36201234567', '12345', '06 20/123-4567'], text: 'Call' }, issues: [] },
  { data: { by: 'sms', to: ['a@example.com'], text: 'Call' }, issues: ['notify/bad-recipient at to[0]'] },
  { data: { by: 'webhook', to: ['https://example.com'], text: 'Call' }, issues: [] },
  { data: { by: 'webhook', to: ['example.com'], text: 'Call' }, issues: ['notify/bad-recipient at to[0]'] },
  {
    data: { by: 'webhook', to: ['https://a.example', 'https://b.example'], text: 'x' },
    issues: ['notify/one-webhook at to[1]'],
  },
])('$data has the issues $issues', ({ data, issues }) => {
  expect(notify.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  { more: {}, path: undefined },
  { more: { subject: 'x' }, path: undefined },
  { more: { by: 'sms', subject: 'x' }, path: 'subject' },
  { more: { to: Array(21).fill('a@example.com') }, path: 'to' },
  { more: { text: 'x'.repeat(10_001) }, path: 'text' },
])('$more is refused at $path', ({ more, path }) => {
  expect(notifySchema.safeParse({ ...email, ...more }).error?.issues[0]?.path[0]).toBe(path)
})

test('the card says who is told', () => {
  expect(notify.describe(email)).toEqual({ title: 'E-mail the team', body: 'To a@example.com\nCall' })
  expect(notify.describe({ by: 'sms', to: [], text: '' })).toEqual({ title: 'Text the team', body: 'To nobody yet' })
})
