import { expect, test } from 'vitest'
import { isSaid, readTexts } from './field-path.ts'

const value = {
  id: 7,
  ok: true,
  none: null,
  'message.id': 'dotted',
  messages: [{ 'message-id': 'a' }, { 'message-id': 'b' }],
  payload: { sender: '+1', empty: '' },
}

test.each([
  { path: 'id', texts: ['7'] },
  { path: 'ok', texts: ['true'] },
  { path: 'none', texts: [] },
  { path: 'payload', texts: [] },
  { path: 'message.id', texts: ['dotted'] },
  { path: 'messages[1].message-id', texts: ['b'] },
  { path: 'messages.*.message-id', texts: ['a', 'b'] },
  { path: 'payload.phone|payload.sender', texts: ['+1'] },
  { path: 'nowhere.at.all', texts: [] },
  { path: 'constructor.name', texts: [] },
  { path: '', texts: [] },
])('at "$path" stands $texts', ({ path, texts }) => expect(readTexts(value, path)).toEqual(texts))

test.each([
  { condition: 'id', is: true },
  { condition: 'id=7', is: true },
  { condition: 'id=6|8', is: false },
  { condition: 'payload.empty', is: false },
  { condition: 'payload.sender=+1|+2', is: true },
  { condition: 'event=x', is: false },
])('$condition: $is', ({ condition, is }) => expect(isSaid(value, condition)).toBe(is))
