import { expect, test } from 'vitest'
import type { Dial } from '../connection/wire.ts'
import { manualTimers } from '../testing/manual-timers.ts'
import { Binding } from './binding.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'

const BIND_TIMEOUT_MS = 5_000
const backoff = { firstMs: 1_000, maxMs: 1_000 }

/** Binds with this version to an SMSC that answers only a bind with the one it knows; the versions it has seen. */
function bindTo(knows: number | undefined, version: number) {
  const timers = manualTimers()
  const seen: unknown[] = []
  const binding = new Binding({
    mode: 'transceiver',
    fields: { system_id: 'tl', interface_version: version },
    session: { windowSize: 10, enquireLinkMs: 60_000, responseTimeoutMs: 30_000, bindTimeoutMs: BIND_TIMEOUT_MS },
    backoff: { lost: backoff, refused: backoff },
    random: () => 1,
    timers,
    dial(calls: Parameters<Dial>[0]) {
      timers.after(0, () => calls.onOpen())
      return {
        write(octets) {
          const { command, sequence, fields } = decodePdu(octets)
          if (command !== 'bind_transceiver') return
          const asked = (fields as { interface_version: number }).interface_version
          seen.push(asked)
          if (asked === knows) calls.onOctets(encodePdu({ command: 'bind_transceiver_resp', sequence }))
        },
        close: () => {},
      }
    },
    log: () => {},
    onBound: () => {},
    onLost: () => {},
    onRequest: () => true,
    onStatus: () => {},
  })
  binding.start()
  return { binding, timers, seen }
}

test('field trap 11: a version that is never answered falls back to 3.4', async () => {
  const { binding, timers, seen } = bindTo(0x34, 0x50)
  for (let seconds = 0; seconds < 10; seconds++) await timers.advance(1_000)
  expect(seen).toEqual([0x50, 0x34])
  expect(binding.state).toBe('bound')
})

test('field trap 11: silence that has another cause is met with both versions by turns', async () => {
  const { binding, timers, seen } = bindTo(undefined, 0x50)
  for (let seconds = 0; seconds < 24; seconds++) await timers.advance(1_000)
  expect(seen.slice(0, 4)).toEqual([0x50, 0x34, 0x50, 0x34])
  expect(binding.lastError).toContain('not answered the bind')
})

test('field trap 11: an older version is left as it is', async () => {
  const { timers, seen } = bindTo(0x34, 0x33)
  for (let seconds = 0; seconds < 12; seconds++) await timers.advance(1_000)
  expect(new Set(seen)).toEqual(new Set([0x33]))
})
