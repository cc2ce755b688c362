import { expect, test } from 'vitest'
import { type Listening, listen } from './listen.ts'

const answer = () => new Response('here')

test('the address that is told answers, until it is closed', async () => {
  const listening = await listen(answer, { host: '127.0.0.1', port: 0 })
  expect(await (await fetch(listening.url)).text()).toBe('here')
  await listening.close(0)
  await expect(fetch(listening.url)).rejects.toThrow()
})

test('a port that is taken is said in words, with what to do', async () => {
  const first: Listening = await listen(answer, { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(first.url).port)
  await expect(listen(answer, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT to another.`,
  })
  await first.close(0)
})

test('a HOST that is elsewhere is said in words, with what to do', async () => {
  // 192.0.2.0/24 is nobody's (RFC 5737 §3).
  await expect(listen(answer, { host: '192.0.2.1', port: 0 })).rejects.toThrow(
    'HOST "192.0.2.1" is no address of this machine (EADDRNOTAVAIL). Set it to one, such as 127.0.0.1 or 0.0.0.0.',
  )
})
