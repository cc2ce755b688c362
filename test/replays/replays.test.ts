import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFlowValue } from '@textloom/core'
import { compileFlow, seededRandom, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import type { Replay } from './recording.ts'

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('every release so far has left sessions behind', () => {
  expect(releases).toContain('0.1.0')
})

describe.each(releases)('sessions that release %s stored', (release) => {
  const folder = join(import.meta.dirname, release)
  test.each(readdirSync(folder))('%s still load, and move as they did', (file) => {
    const { flow, moments }: Replay = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const parsed = parseFlowValue(flow, registry)
    if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
    const compiled = compileFlow(parsed.flow, registry)
    expect(moments.length).toBeGreaterThan(10)
    for (const { session, timers, event, now, rev, contact, came } of moments) {
      const { effects, rest } = step(() => compiled, {
        revision: 'r',
        stored: session,
        timers,
        event,
        now,
        rev,
        random: seededRandom(1),
        contact,
        channel: { id: 'replay' },
      })
      expect({ event, effects, rest }).toEqual({ event, ...came })
    }
  })
})
