import { join } from 'node:path'
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
