import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { message } from './index.ts'

test.each([
  { text: 'Hello', sent: 'Hello' },
  { text: 'Hello {{ contact.name }}!', sent: 'Hello Bo!' },
  { text: 'Hello {{ contact.fields.nick | default: "friend" }}!', sent: 'Hello friend!' },
  { text: 'One\n two ', sent: 'One\n two ' },
])('the text "$text" is sent as "$sent", and the session goes on at once', ({ text, sent }) => {
  const session = sessionOn(message, { text }, { contact: { name: 'Bo' } })
  expect(session.texts).toEqual([sent])
  expect(session.leftBy).toBe('next')
})

test.each([
  { text: 'Hello', issues: [] },
  { text: ' \n', issues: ['message/no-text'] },
])('the text "$text" has the issues $issues', ({ text, issues }) => {
  expect(message.check?.({ text }).map(({ code }) => code)).toEqual(issues)
  expect(message.describe({ text }).body).not.toBe('')
})

test('files and the topic go along, their addresses filled in', () => {
  const data = {
    text: 'The map',
    attachments: ['https://example.com/{{ contact.name }}.jpg', '{{ vars.file | raw }}'],
    topic: 'visits',
  }
  const session = sessionOn(message, data, {
    contact: { name: 'Bo B' },
    variables: [{ name: 'file', type: 'text', default: 'https://example.com/a/b.pdf' }],
  })
  expect(session.effects).toEqual([
    {
      kind: 'sendMt',
      node: 'message',
      text: 'The map',
      attachments: [{ url: 'https://example.com/Bo%20B.jpg' }, { url: 'https://example.com/a/b.pdf' }],
      topic: 'visits',
    },
  ])
})

test.each([
  { data: { text: '', attachments: ['https://example.com/a.jpg'] }, issues: [] },
  { data: { text: 'Hi', attachments: ['{{ vars.file }}'] }, issues: [] },
  {
    data: { text: 'Hi', attachments: ['a.jpg', 'https://a.example'] },
    issues: ['message/bad-attachment attachments[0]'],
  },
  { data: { text: 'Hi', attachments: ['javascript:alert(1)'] }, issues: ['message/bad-attachment attachments[0]'] },
])('$data has the issues $issues', ({ data, issues }) => {
  expect(message.check?.(data).map(({ code, path }) => `${code} ${path}`)).toEqual(issues)
})

test.each([
  { more: { attachments: Array(10).fill('https://a.example/') }, fits: true },
  { more: { attachments: Array(11).fill('https://a.example/') }, fits: false },
  { more: { topic: 'late offers' }, fits: true },
  { more: { topic: ' offers' }, fits: false },
  { more: { topic: '{{ vars.topic }}' }, fits: false },
])('$more fits the schema: $fits', ({ more, fits }) => {
  expect(message.schema.safeParse({ text: 'Hi', ...more }).success).toBe(fits)
})
