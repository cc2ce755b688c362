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
