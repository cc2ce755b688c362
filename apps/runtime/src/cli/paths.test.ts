import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flowOf } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

const vote = join(import.meta.dirname, '../../../../examples/short-code-vote/flow.json')

test('lists the ways through a flow as conversations, and what its saved tests take', async () => {
  const { stdout, stderr, exitCode } = await runCli(['paths', vote])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('< Song Night: who wins? Reply 1 for Ana, 2 for Bruno or 3 for Chloe.\n> Ana\n')
  expect(stderr).toMatch(
    /^\d+ ways\. Saved tests take 20 of 20 exits\.\nSegments that a conversation sends: en \d+ to \d+, es .*\.\n$/,
  )
})

test('stops where it is told to, and says so', async () => {
  const { stdout, stderr } = await runCli(['paths', vote, '--most', '2', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    isCut: true,
    paths: [expect.anything(), expect.anything()],
    segments: expect.arrayContaining([{ language: 'hu', least: expect.any(Number), most: expect.any(Number) }]),
  })
  expect(stderr).toBe('')
  expect((await runCli(['paths', vote, '--most', 'all'])).exitCode).toBe(2)
})

test('plays saved tests with the flows that are called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-paths-'))
  const end = { type: 'end', data: { outcome: 'completed' } }
  const child = flowOf({ begin: { type: 'catch-all', to: { next: 'end' } }, end }, { id: 'child' })
  const parent = flowOf(
    {
      begin: { type: 'catch-all', to: { next: 'call' } },
      call: { type: 'call', data: { flow: 'child', map: [] }, to: { next: 'end', expired: 'end', failed: 'end' } },
      end,
    },
    { id: 'parent', tests: [{ name: 'Called', start: false, steps: [{ mo: 'hello' }] }] },
  )
  await mkdir(join(folder, 'flows'))
  await writeFile(join(folder, 'flows/child.json'), JSON.stringify(child))
  await writeFile(join(folder, 'parent.json'), JSON.stringify(parent))
  const missed = async (...more: string[]) =>
    JSON.parse((await runCli(['paths', join(folder, 'parent.json'), '--json', ...more])).stdout).exitsNotReached
  expect(await missed()).toContainEqual({ node: 'call', handle: 'next' })
  expect(await missed('--flows', join(folder, 'flows'))).not.toContainEqual({ node: 'call', handle: 'next' })
  await rm(folder, { recursive: true })
})
