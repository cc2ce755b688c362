import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingFlow, runNode, startHouse, textloom } from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-refused-'))
  await writeFile(join(folder, 'link.json'), JSON.stringify({ links: [{ id: 'a', kind: 'smpp', hots: '127.0.0.1' }] }))
  await writeFile(join(folder, 'comma.json'), '{ "links": [], }')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  { env: { PORT: 'abc' }, says: /^PORT must be a port number from 0 to 65535, not "abc"\.$/ },
  {
    env: { TEXTLOOM_DATADIR: '/tmp' },
    says: /^TEXTLOOM_DATADIR is not a setting\. Did you mean "TEXTLOOM_DATA_DIR"\?$/,
  },
  { env: { TEXTLOOM_CONFIG: 'nowhere.json' }, says: /nowhere\.json/ },
  { env: { TEXTLOOM_CONFIG: 'comma.json' }, says: /comma\.json.*(JSON|line 1)/ },
  { env: { TEXTLOOM_CONFIG: 'link.json' }, says: /hots/ },
])('a start with $env ends with 2 and says what is wrong', async ({ env, says }) => {
  const { TEXTLOOM_CONFIG } = env
  const config = TEXTLOOM_CONFIG === undefined ? {} : { TEXTLOOM_CONFIG: join(folder, TEXTLOOM_CONFIG) }
  const runtime = runNode([textloom, 'start'], {
    PORT: '0',
    TEXTLOOM_DATA_DIR: join(folder, 'data'),
    ...env,
    ...config,
  })
  expect(await runtime.ended).toEqual({ code: 2, signal: null })
  expect(runtime.stderr).toContainEqual(expect.stringMatching(says))
  expect(runtime.stdout.join('\n')).not.toMatch(/ready/)
})

test('a second process on a data folder ends with 3 and names the first', async () => {
  const { runtime, instance, ...house } = await startHouse({ flows: [countingFlow] })
  onTestFinished(() => house.remove())
  const second = runNode([textloom, 'start'], { PORT: '0', ...instance.storage.env })
  expect(await second.ended).toEqual({ code: 3, signal: null })
  expect(second.stderr.join('\n')).toContain(String(runtime.pid))
  expect((await fetch(`${runtime.url}/healthz`)).status).toBe(200)
})

test('a port that is taken ends the start with 3, and leaves no database running', async () => {
  const { runtime, ...house } = await startHouse({ flows: [countingFlow] })
  onTestFinished(() => house.remove())
  const dataDir = await mkdtemp(join(tmpdir(), 'textloom-port-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const second = runNode([textloom, 'start'], { PORT: new URL(runtime.url).port, TEXTLOOM_DATA_DIR: dataDir })
  expect(await second.ended).toEqual({ code: 3, signal: null })
  expect(second.stderr.join('\n')).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken by another program\. .*set PORT/m)
  // PostgreSQL removes this file when it ends in order.
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
})
