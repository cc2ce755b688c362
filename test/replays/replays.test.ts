import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FlowDocument, parseFlowValue } from '@textloom/core'
import { seededRandom, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { compiledOf, ownRevision, type Replay, revisionsOf } from './recording.ts'

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('every release so far has left sessions behind', () => {
  expect(releases).toContain('0.1.0')
})

describe.each(releases)('sessions that release %s stored', (release) => {
  const folder = join(import.meta.dirname, release)
  const files = readdirSync(folder)
  const read = (file: string): readonly Replay[] => [JSON.parse(readFileSync(join(folder, file), 'utf8'))].flat()

  test.each(files)('%s still load, and move as they did', (file) => {
    const replays = read(file)
    expect(replays.flatMap(({ moments }) => moments).length).toBeGreaterThanOrEqual(replays.length)
    for (const replay of replays) {
      const revisions = revisionsOf({ flow: sound(replay.flow), others: (replay.others ?? []).map(sound) })
      for (const { session, timers, event, now, rev, contact, channel, came } of replay.moments) {
        const { effects, rest } = step((revision) => compiledOf(revisions, revision), {
          revision: ownRevision,
          revisionOf: (id) => (revisions.has(id) ? id : undefined),
          stored: session,
          timers,
          event,
          now,
          rev,
          random: seededRandom(1),
          contact,
          channel: { id: channel ?? 'replay' },
        })
        expect({ event, effects, rest }).toEqual({ event, ...came })
      }
    }
  })

  test('rest in every type of node that waits, and in a called flow', () => {
    const replays = files.flatMap(read)
    const rests = replays.flatMap(({ flow, others = [], moments }) =>
      moments.flatMap(({ came: { rest } }) => {
        const nodes = [flow, ...others].find(({ id }) => id === (rest?.flow ?? flow.id))?.nodes
        return nodes?.find(({ id }) => id === rest?.node)?.type ?? []
      }),
    )
    const waiting = [...registry.values()].filter(({ waits }) => waits !== null).map(({ type }) => type)
    expect(waiting.filter((type) => !rests.includes(type))).toEqual([])
    const frames = replays.flatMap(({ moments }) => moments.map(({ session }) => session?.frames.length ?? 0))
    expect(Math.max(...frames)).toBeGreaterThan(1)
  })
})

function sound(flow: FlowDocument): FlowDocument {
  const parsed = parseFlowValue(flow, registry)
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
  return parsed.flow
}
