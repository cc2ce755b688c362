/**
 * Keeps sessions of this release for all later ones: `node test/replays/keep.ts 0.1.0` writes
 * test/replays/0.1.0/<example>.json and node-<type>.json once, and never over a file that is there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { goldenFlows } from './golden-flows.ts'
import { type Replay, record } from './recording.ts'

const [release = ''] = process.argv.slice(2)
if (!/^\d+\.\d+\.\d+$/.test(release)) throw new Error('Name the release, for example 0.1.0.')
const folder = join(import.meta.dirname, release)
const examples = join(import.meta.dirname, '../../examples')
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(examples, { withFileTypes: true })) {
  if (!name.isDirectory()) continue
  const parsed = parseFlow(readFileSync(join(examples, name.name, 'flow.json'), 'utf8'), registry)
  if (!parsed.ok) throw new Error(`${name.name}: ${parsed.issues[0]?.message}`)
  const { tests: _tests, ...flow } = parsed.flow
  const { moments } = record(parsed.flow)
  keep(name.name, { flow, moments })
}
for (const nodeType of registry.values()) {
  // A session never rests in a start: what comes after is in the conversations of the others.
  if (nodeType.start) continue
  const replays = goldenFlows(nodeType).map(({ flow: { tests = [], ...flow }, others }): Replay => {
    const { moments } = record({ ...flow, tests }, others)
    return { flow, ...(others.length > 0 && { others }), moments }
  })
  keep(`node-${nodeType.type}`, replays)
}

function keep(name: string, replays: Replay | readonly Replay[]): void {
  const file = join(folder, `${name}.json`)
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(replays)}\n`)
}
