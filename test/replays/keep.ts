/**
 * Keeps sessions of this release for all later ones: `node test/replays/keep.ts 0.1.0` writes
 * test/replays/0.1.0/<example>.json once, and never over a file that is there.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { record } from './recording.ts'

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
  writeFileSync(join(folder, `${name.name}.json`), `${JSON.stringify({ flow, moments })}\n`, { flag: 'wx' })
}
