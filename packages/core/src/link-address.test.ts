import { expect, test } from 'vitest'
import { linkProblem } from './link-address.ts'

test.each([
  'https://example.com',
  'HTTP://example.com/a?b=c#d',
  'https://[::1]/x',
  'myapp://order/7',
  'com.example.app:/pay',
  'tel:+36201234567',
  'mailto:a@example.com',
  'intent://scan/#Intent;scheme=zxing;end',
])('"%s" can be opened', (address) => {
  expect(linkProblem(address)).toBeUndefined()
})

test.each([
  ['', 'no scheme'],
  ['example.com', 'no scheme'],
  ['//example.com', 'no scheme'],
  ['https://', 'names no host'],
  ['https:/x', 'names no host'],
  ['javascript:alert(1)', 'javascript:'],
  [' JavaScript:alert(1)', 'javascript:'],
  ['java\nscript:alert(1)', 'javascript:'],
  ['data:text/html,x', 'data:'],
  ['vbscript:x', 'vbscript:'],
  ['file:///etc/passwd', 'file:'],
  ['blob:https://example.com/x', 'blob:'],
  ['view-source:https://example.com', 'view-source:'],
  ['myapp:', 'ends after its scheme'],
])('"%s" cannot: %s', (address, why) => {
  expect(linkProblem(address)).toContain(why)
})
