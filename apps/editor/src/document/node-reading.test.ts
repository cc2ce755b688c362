import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { nodeName } from './node-reading.ts'

test.each([
  { text: 'Hello', name: 'Message “Hello”' },
  { text: 'Hi {{ contact.name | default: "you" }}!', name: 'Message “Hi {contact.name}!”' },
  { text: '{% if vars.vip %}Dear {% endif %}guest', name: 'Message “Dear guest”' },
  { text: 'One\nTwo', name: 'Message “One”' },
])('a message that says $text is called $name', ({ text, name }) => {
  expect(nodeName({ id: 'm', type: 'message', position: { x: 0, y: 0 }, data: { text } }, registry)).toBe(name)
})
