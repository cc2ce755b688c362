import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FlowDocument } from '@textloom/core'
import { flowOf } from '@textloom/engine/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli, spawnCli } from '../testing/run-cli.ts'
import { linesOf, type ScriptLine } from './lines.ts'

const vote = flowOf(
  {
    word: { type: 'keyword', data: { keywords: ['VOTE'], match: 'exact' }, to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: {
        text: 'Hi {{ contact.name }}{{ params.shop }}: how many?',
        kind: 'number',
        variable: 'count',
        retries: 0,
        timeout: 'PT1H',
      },
      to: { next: 'thanks', other: 'end', timeout: 'end' },
    },
    thanks: { type: 'message', data: { text: '{{ vars.count }}, thanks' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  {
    id: 'vote',
    variables: [{ name: 'count', type: 'number' }],
    params: [{ name: 'shop', type: 'text', required: true }],
    tests: [
      {
        name: 'Counted',
        steps: [{ mo: 'vote' }, { mt: 'Hi : how many?' }, { mo: '3' }, { mt: '3, thanks' }, { end: 'completed' }],
      },
      { name: 'No number', steps: [{ mo: 'vote' }, { mt: 'Hi : how many?' }, { mo: 'x' }, { end: 'completed' }] },
    ],
  },
)
const failing: FlowDocument = {
  ...vote,
  tests: [...(vote.tests ?? []), { name: 'Wrong', steps: [{ mo: 'vote' }, { mt: 'Hi : how much?' }] }],
}
const unsound: FlowDocument = { ...vote, edges: vote.edges.slice(0, 2) }
const conversation = '{"mo":"vote"}\n{"mo":"3"}\n'

const calling = flowOf(
  {
    go: { type: 'keyword', data: { keywords: ['go'], match: 'only' }, to: { next: 'call' } },
    call: { type: 'call', data: { flow: 'vote', map: [] }, to: { next: 'end', expired: 'end', failed: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { id: 'calling' },
)

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-simulate-'))
  await writeFile(at('vote.json'), JSON.stringify(vote))
  await writeFile(at('failing.json'), JSON.stringify(failing))
  await writeFile(at('unsound.json'), JSON.stringify(unsound))
  await writeFile(at('untested.json'), JSON.stringify({ ...vote, tests: [] }))
  await writeFile(at('script.jsonl'), conversation)
  await mkdir(at('flows'))
  await writeFile(at('flows/vote.json'), JSON.stringify(vote))
  await writeFile(at('calling.json'), JSON.stringify(calling))
  await mkdir(at('bad-flows'))
  await writeFile(at('bad-flows/unsound.json'), JSON.stringify({ ...unsound, id: 'other' }))
})
afterAll(() => rm(folder, { recursive: true }))

const played = [
  '{"type":"mt","turn":1,"at":"2026-01-01T12:00:00.000Z","text":"Hi : how many?","to":"+15550001","segments":1,"encoding":"gsm7","node":"ask"}',
  '{"type":"wait","turn":1,"at":"2026-01-01T12:00:00.000Z","for":"reply","until":"2026-01-01T13:00:00.000Z","node":"ask"}',
  '{"type":"result","turn":2,"at":"2026-01-01T12:00:00.000Z","name":"count","value":3}',
  '{"type":"mt","turn":2,"at":"2026-01-01T12:00:00.000Z","text":"3, thanks","to":"+15550001","segments":1,"encoding":"gsm7","node":"thanks"}',
  '{"type":"end","turn":2,"at":"2026-01-01T12:00:00.000Z","outcome":"completed"}',
]

describe('textloom simulate', () => {
  test.each([
    { title: 'stdin', argv: [], stdin: conversation },
    { title: 'a script', argv: ['--script', 'script.jsonl'], stdin: '' },
    { title: 'lines that end in CRLF', argv: [], stdin: conversation.replaceAll('\n', '\r\n') },
    { title: 'a last line without an end', argv: [], stdin: conversation.trimEnd() },
    { title: 'blank lines, which are not counted', argv: [], stdin: `\n\n${conversation.replace('\n', '\n \n')}\n` },
    { title: 'a folder of other flows', argv: ['--flows', 'flows'], stdin: conversation },
  ])('plays $title', async ({ argv, stdin }) => {
    const files = argv.map((arg) => (arg.startsWith('-') ? arg : at(arg)))
    expect(await runCli(['simulate', at('vote.json'), ...files], stdin)).toEqual({
      stdout: `${played.join('\n')}\n`,
      stderr: '',
      exitCode: 0,
    })
  })

  test('begins where it is told, with whom it is told', async () => {
    const options = ['--start', '--params', '{"shop":"!"}', '--now', '2030-06-01T00:00:00+02:00', '--seed', '7']
    const contact = ['--contact', '{"phone":"+36201234567","name":"Éva","fields":{"a":1},"groups":["b"]}']
    const { stdout, exitCode } = await runCli(['simulate', at('vote.json'), ...options, ...contact])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({
      type: 'mt',
      turn: 0,
      at: '2030-05-31T22:00:00.000Z',
      text: 'Hi Éva!: how many?',
      to: '+36201234567',
      segments: 1,
      encoding: 'gsm7',
      node: 'ask',
    })
  })

  test.each([
    { line: '{"mo":"x"', says: 'Line 2 of the script, {"mo":"x", cannot be played: it is not JSON (' },
    { line: '{"om":"x"}', says: 'Line 2 of the script, {"om":"x"}, cannot be played: it is no input.' },
    { line: '{"mo":"x","dlr":"failed"}', says: 'it is no input.' },
    { line: '{"http":{"status":99}}', says: 'it is no input.' },
    { line: '"mo"', says: 'it is no input.' },
    { line: '{"advance":"P1M"}', says: 'Line 2 of the script, {"advance":"P1M"}, cannot be played: "P1M" has months' },
  ])('a line $line ends it with 1, after the output so far', async ({ line, says }) => {
    const { stdout, stderr, exitCode } = await runCli(
      ['simulate', at('vote.json')],
      `{"mo":"vote"}\n${line}\n{"mo":"3"}\n`,
    )
    expect(stdout).toBe(`${played.slice(0, 2).join('\n')}\n`)
    expect(stderr).toContain(says)
    expect(exitCode).toBe(1)
  })

  test.each<{ argv: string[]; exitCode: number; says: string }>([
    { argv: ['unsound.json'], exitCode: 1, says: 'unsound.json: ask: flow/open-exit: ' },
    { argv: ['vote.json', '--flows', 'bad-flows'], exitCode: 1, says: 'flow/open-exit: ' },
    { argv: ['vote.json', '--flows', 'nowhere'], exitCode: 2, says: 'there is no such folder' },
    { argv: ['nothing.json'], exitCode: 2, says: 'there is no such file' },
    { argv: ['vote.json', '--script', 'nothing.jsonl'], exitCode: 2, says: 'there is no such file' },
    { argv: ['-'], exitCode: 2, says: 'Standard input cannot be both flow and script' },
    { argv: ['vote.json', '--now', 'noon'], exitCode: 2, says: '--now: "noon" is not a moment' },
    { argv: ['vote.json', '--seed', 'x'], exitCode: 2, says: '--seed x is not a whole number.' },
    { argv: ['vote.json', '--contact', 'Éva'], exitCode: 2, says: '--contact is not JSON' },
    { argv: ['vote.json', '--contact', '{"nmae":"x"}'], exitCode: 2, says: '--contact does not fit' },
    { argv: ['vote.json', '--params', '[]'], exitCode: 2, says: '--params does not fit' },
    {
      argv: ['vote.json', '--params', '{"shp":"x"}'],
      exitCode: 2,
      says: 'declares no param "shp". Did you mean "shop"?',
    },
    { argv: ['vote.json', '--params', '{"shop":1}'], exitCode: 2, says: 'The param "shop" must be a text, not 1.' },
    { argv: ['vote.json', '--start'], exitCode: 2, says: 'The param "shop" is required.' },
  ])('simulate $argv ends with $exitCode', async ({ argv, exitCode, says }) => {
    const files = argv.map((arg) => (/\.jsonl?$|flows$|where$/.test(arg) && !arg.startsWith('--') ? at(arg) : arg))
    const outcome = await runCli(['simulate', ...files], conversation)
    expect(outcome).toMatchObject({ stdout: '', exitCode })
    expect(outcome.stderr).toContain(says)
  })

  test.each([
    {
      argv: [],
      entered: false,
      says: 'There is no flow "vote" to call. Name the folder that it is in by --flows.',
    },
    { argv: ['--flows', 'flows'], entered: true, says: 'requires the parameter "shop"' },
  ])('a call is played with $argv: $entered, and what is wrong with it is told', async ({ argv, entered, says }) => {
    const files = argv.map((arg) => (arg.startsWith('-') ? arg : at(arg)))
    const { stdout, stderr, exitCode } = await runCli(['simulate', at('calling.json'), ...files], '{"mo":"go"}\n')
    expect(exitCode).toBe(0)
    expect(stdout.includes('"entered":"vote"')).toBe(entered)
    expect(stderr).toContain(`calling.json: call: flow/`)
    expect(stderr).toContain(says)
  })

  test('gives the same bytes from one process to the next', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => spawnCli(['simulate', at('vote.json')], conversation)))
    expect(one).toEqual({ stdout: `${played.join('\n')}\n`, stderr: '', exitCode: 0 })
    expect(other).toEqual(one)
  })

  test('a reader that has seen enough ends it quietly', async () => {
    const stdin = '{"mo":"vote"}\n{"mo":"x"}\n'.repeat(2_000)
    expect(await spawnCli(['simulate', at('vote.json')], stdin, { readsOneChunk: true })).toMatchObject({
      stderr: '',
      exitCode: 0,
    })
  })
})

describe('textloom test', () => {
  test('passes, and says which exits no conversation took', async () => {
    expect(await runCli(['test', at('vote.json')])).toEqual({
      stdout: [
        `passed  ${at('vote.json')}: Counted`,
        `passed  ${at('vote.json')}: No number`,
        `${at('vote.json')}: 4 of 5 exits reached, not ask.timeout`,
        '',
      ].join('\n'),
      stderr: '2 passed, 0 failed.\n',
      exitCode: 0,
    })
  })

  test('fails with the conversation as it went', async () => {
    const { stdout, stderr, exitCode } = await runCli(['test', at('failing.json'), at('untested.json')])
    expect(stdout.replaceAll(`${folder}/`, '')).toBe(
      [
        'passed  failing.json: Counted',
        'passed  failing.json: No number',
        'FAILED  failing.json: Wrong',
        '        > "vote"',
        '        < "Hi : how many?"',
        '          waits for reply until 2026-01-01T13:00:00.000Z in ask',
        '      step 2',
        '      - expected the text "Hi : how much?"',
        '      + got      < "Hi : how many?"',
        'failing.json: 4 of 5 exits reached, not ask.timeout',
        'untested.json: no saved tests',
        '',
      ].join('\n'),
    )
    expect({ stderr, exitCode }).toEqual({ stderr: '2 passed, 1 failed.\n', exitCode: 1 })
  })

  test('--json tells it to machines', async () => {
    const { stdout, stderr, exitCode } = await runCli(['test', at('failing.json'), '--json'])
    expect(JSON.parse(stdout)).toMatchObject([
      {
        file: at('failing.json'),
        tests: [
          { name: 'Counted', passed: true },
          { name: 'No number', passed: true },
          { name: 'Wrong', passed: false, failure: { step: 1, expected: 'the text "Hi : how much?"' } },
        ],
        exits: 5,
        exitsNotReached: [{ node: 'ask', handle: 'timeout' }],
      },
    ])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 })
  })

  test.each([
    { file: 'unsound.json', exitCode: 1, says: 'flow/open-exit' },
    { file: 'nothing.json', exitCode: 2, says: 'there is no such file' },
  ])('$file ends it with $exitCode, after the other files', async ({ file, exitCode, says }) => {
    const outcome = await runCli(['test', at(file), at('vote.json')])
    expect(outcome.stdout).toContain('4 of 5 exits reached')
    expect(outcome.stderr).toContain(says)
    expect(outcome.exitCode).toBe(exitCode)
  })
})

describe('linesOf', () => {
  const octets = new TextEncoder().encode('one\n\ntwö 👋\r\n three')

  test.each([1, 2, 3, 7, 100])('finds the same lines in pieces of %i octets', async (size) => {
    const pieces = Array.from({ length: Math.ceil(octets.length / size) }, (_, index) =>
      octets.slice(index * size, (index + 1) * size),
    )
    const lines: ScriptLine[] = []
    for await (const line of linesOf(pieces)) lines.push(line)
    expect(lines).toEqual([
      { text: 'one', number: 1 },
      { text: 'twö 👋\r', number: 3 },
      { text: ' three', number: 4 },
    ])
  })
})
