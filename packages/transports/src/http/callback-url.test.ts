import { expect, test } from 'vitest'
import { callbackFor } from './callback-url.ts'

const there = 'https://sms.example.org/in/op'
const here = 'http://127.0.0.1:3000/in/op'

test.each([
  { inbound: there, provider: 'https://api.example.org/', callback: there },
  { inbound: there, provider: 'http://127.0.0.1:13013/', callback: there },
  { inbound: here, provider: 'http://localhost:13013/', callback: here },
  { inbound: here, provider: 'https://api.example.org/', callback: undefined },
  { inbound: 'http://[::]:3000/in/op', provider: 'https://api.example.org/', callback: undefined },
  { inbound: 'http://10.0.0.1:3000/in/op', provider: 'http://10.0.0.9/', callback: 'http://10.0.0.1:3000/in/op' },
  { inbound: undefined, provider: 'https://api.example.org/', callback: undefined },
])('reached at $inbound, a provider at $provider is told $callback', ({ inbound, provider, callback }) => {
  expect(callbackFor(provider, inbound)).toBe(callback)
})
