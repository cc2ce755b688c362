import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@textloom/nodes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import manifest from '../../package.json' with { type: 'json' }
import { runCli, spawnCli } from '../testing/run-cli.ts'
import { commands } from './commands.ts'

const position = { x: 0, y: 0 }
const greeting = {
  format: 'textloom/flow@1',
  id: 'greeting',
  name: 'Greeting',
  languages: { base: 'en' },
  nodes: [
    { id: 'hello', type: 'keyword', position, data: { keywords: ['HELLO'], match: 'exact' } },
    { id: 'greet', type: 'message', position: { x: 0, y: 150 }, data: { text: 'Hi <you> & {{ contact.name }}!' } },
    { id: 'end', type: 'end', position: { x: 0, y: 300 }, data: { outcome: 'completed' } },
  ],
  edges: [
    { id: 'a', source: 'hello', sourceHandle: 'next', target: 'greet' },
    { id: 'b', source: 'greet', sourceHandle: 'next', target: 'end' },
  ],
}
const sound = `${JSON.stringify(greeting, null, 2)}\n`
const draft = `${JSON.stringify({ ...greeting, variables: [{ name: 'spare', type: 'text' }], edges: greeting.edges.slice(0, 1) }, null, 2)}\n`
const broken = `${JSON.stringify({ ...greeting, nodes: [...greeting.nodes.slice(0, 2), { ...greeting.nodes[2], type: 'halt' }] })}\n`

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-cli-'))
  await writeFile(at('sound.json'), sound)
  await writeFile(at('draft.json'), draft)
  await writeFile(at('broken.json'), broken)
  await writeFile(
    at('warned.json'),
    sound.replace('"nodes"', '"variables": [{ "name": "spare", "type": "text" }], "nodes"'),
  )
  await writeFile(at('latin1.json'), Buffer.from('{"name":"caf\xe9"}', 'latin1'))
  await writeFile(at('large.json'), ' '.repeat(10_000_000))
})
afterAll(() => rm(folder, { recursive: true }))

describe('textloom', () => {
  test('--version prints the version', async () => {
    expect(await runCli(['--version'])).toEqual({ stdout: `${manifest.version}\n`, stderr: '', exitCode: 0 })
  })

  test('--help lists every command', async () => {
    const { stdout, exitCode } = await runCli(['--help'])
    expect(exitCode).toBe(0)
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} .*${summary}`, 'm'))
  })

  test.each(commands.map(({ name }) => name))('%s has help of its own, by --help and by help', async (name) => {
    const { stdout, stderr, exitCode } = await runCli([name, '--help'])
    expect(stdout).toContain(`Usage: textloom ${name}`)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect((await runCli(['help', name])).stdout).toBe(stdout)
  })

  test.each<[readonly string[], string]>([
    [[], 'Usage: textloom'],
    [['valdate'], 'textloom has no command "valdate". Did you mean "validate"? textloom --help lists them.'],
    [['validate'], "error: missing required argument 'file'\ntextloom validate --help says more."],
    [
      ['validate', '--jsn', 'x'],
      "error: unknown option '--jsn'\n(Did you mean --json?)\ntextloom validate --help says more.",
    ],
    [['--bogus'], "error: unknown option '--bogus'"],
    [['compile', 'a', 'b'], 'error: too many arguments'],
    [['export', 'a'], "error: required option '--to <format>' not specified"],
    [['export', 'a', '--to', 'gif'], 'Allowed choices are xstate, mermaid, svg.'],
    [['schema', 'flows'], 'There is no schema "flows". Did you mean "flow"? There are: '],
    [['schema', 'node', 'aks'], 'There is no node type "aks". Did you mean "ask"? There are: keyword, '],
    [['schema', 'link'], 'Say which link kind. There are: '],
    [['schema', 'flow', 'x'], 'The schema "flow" has no kinds: leave out "x".'],
    [['format', 'a', 'b'], 'These are several files: add --write to change them or --check to look only.'],
    [['format', '--write', '-'], 'Standard input cannot be changed: leave out --write.'],
    [['format', '--write', '--check', 'a'], 'Use either --write or --check, not both.'],
    [['compile', '/nowhere/flow.json'], 'Cannot read /nowhere/flow.json: there is no such file.'],
    [['validate', '/'], 'Cannot read /: it is a folder.'],
  ])('%j is wrong use: 2, nothing on stdout, what to do on stderr', async (argv, said) => {
    const { stdout, stderr, exitCode } = await runCli(argv)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toContain(said)
    expect(stderr.endsWith('\n')).toBe(true)
  })
})

describe('textloom validate', () => {
  test('says nothing on stdout about a sound flow', async () => {
    const outcome = await runCli(['validate', at('sound.json')])
    expect(outcome).toEqual({ stdout: '', stderr: 'Nothing wrong in 1 file.\n', exitCode: 0 })
  })

  test('prints file, node, code and sentence of every issue of every file, and goes past unreadable ones', async () => {
    const files = ['draft.json', 'none.json', 'broken.json', 'sound.json'].map(at)
    expect(await runCli(['validate', ...files])).toEqual({
      stdout: [
        `${at('draft.json')}: -: flow/unused-variable: Nothing reads or writes the variable "spare": use it as vars.spare, or remove it.`,
        `${at('draft.json')}: greet: flow/open-exit: The exit "Next" (next) leads nowhere: connect it to a node.`,
        `${at('draft.json')}: end: flow/unreachable: No way leads here from a start: connect it, or remove it.`,
        `${at('broken.json')}: end: flow/unknown-node-type: nodes[2].type is "halt", which is no node type. Known types: ${[...registry.keys()].join(', ')}.`,
        '',
      ].join('\n'),
      stderr: `Cannot read ${at('none.json')}: there is no such file.\n`,
      exitCode: 2,
    })
  })

  test('ends with 0 when there are only warnings', async () => {
    const { stderr, exitCode } = await runCli(['validate', at('warned.json')])
    expect({ stderr, exitCode }).toEqual({ stderr: '1 warning in 1 file.\n', exitCode: 0 })
  })

  test.each([
    ['large.json', 'flow/too-large: This document has 10 MB; a flow document has at most 5 MB.'],
    ['latin1.json', 'flow/not-json: This document is not UTF-8 text: save it as UTF-8.'],
  ])('refuses %s', async (name, said) => {
    const outcome = await runCli(['validate', at(name)])
    expect(outcome).toEqual({ stdout: `${at(name)}: -: ${said}\n`, stderr: '1 error in 1 file.\n', exitCode: 1 })
  })

  test('--json prints one array for all files', async () => {
    const { stdout, stderr, exitCode } = await runCli(['validate', '--json', at('sound.json'), at('broken.json')])
    expect(JSON.parse(stdout)).toEqual([
      {
        file: at('broken.json'),
        node: 'end',
        path: 'nodes[2].type',
        code: 'flow/unknown-node-type',
        severity: 'error',
        message: expect.stringContaining('"halt"'),
      },
    ])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 })
    expect((await runCli(['validate', '--json', at('sound.json')])).stdout).toBe('[]\n')
  })

  test('reads stdin where the file is -', async () => {
    expect((await runCli(['validate', '-'], 'not json')).stdout).toMatch(/^-: -: flow\/not-json: /)
  })
})

describe('textloom format', () => {
  test('prints the canonical form, which is its own canonical form', async () => {
    const outcome = await runCli(['format', at('sound.json')])
    expect(outcome).toEqual({ stdout: sound, stderr: '', exitCode: 0 })
    const jumbled = JSON.stringify(Object.fromEntries(Object.entries(greeting).toReversed()))
    expect((await runCli(['format', '-'], jumbled)).stdout).toBe(sound)
  })

  test('--check names files in another form and --write changes them, leaving the others alone', async () => {
    await writeFile(at('jumbled.json'), JSON.stringify(greeting))
    const files = [at('sound.json'), at('jumbled.json')]
    expect(await runCli(['format', '--check', ...files])).toEqual({
      stdout: `${at('jumbled.json')}\n`,
      stderr: '',
      exitCode: 1,
    })
    expect(await runCli(['format', '--write', ...files])).toEqual({
      stdout: `${at('jumbled.json')}\n`,
      stderr: '',
      exitCode: 0,
    })
    expect(await readFile(at('jumbled.json'), 'utf8')).toBe(sound)
    expect(await runCli(['format', '--check', ...files])).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  test('leaves a file with structural defects as it is, and says so', async () => {
    const { stdout, stderr, exitCode } = await runCli(['format', '--write', at('broken.json')])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain('broken.json: end: flow/unknown-node-type: ')
    expect(await readFile(at('broken.json'), 'utf8')).toBe(broken)
  })
})

describe('textloom diff', () => {
  test('says nothing of files that say the same, however they are written', async () => {
    await writeFile(at('compact.json'), JSON.stringify(greeting))
    expect(await runCli(['diff', at('sound.json'), at('compact.json')])).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    })
  })

  test('says each difference in a sentence, and ends with 1', async () => {
    const nodes = [...greeting.nodes.slice(0, 1), { id: 'bye', type: 'message', position, data: { text: 'Bye' } }]
    await writeFile(at('other.json'), JSON.stringify({ ...greeting, name: 'Goodbye', nodes, edges: [] }))
    expect(await runCli(['diff', at('sound.json'), at('other.json')])).toEqual({
      stdout: [
        'Removed greet: Message "Hi <you> & {{ contact.name }}!".',
        'Removed end: End "Completed".',
        'Added bye: Message "Bye".',
        'Disconnected hello.next from greet.',
        'Disconnected greet.next from end.',
        'The flow: name was "Greeting", is "Goodbye".',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 1,
    })
  })

  test('prints changes for machines', async () => {
    await writeFile(at('text.json'), sound.replace('Hi <you>', 'Hello <you>'))
    const { stdout, exitCode } = await runCli(['diff', at('sound.json'), at('text.json'), '--json'])
    expect(JSON.parse(stdout)).toEqual([
      {
        kind: 'node-changed',
        node: 'greet',
        changes: [
          { path: 'text', before: 'Hi <you> & {{ contact.name }}!', after: 'Hello <you> & {{ contact.name }}!' },
        ],
      },
    ])
    expect(exitCode).toBe(1)
    expect((await runCli(['diff', at('sound.json'), at('sound.json'), '--json'])).stdout).toBe('[]\n')
  })

  test.each(['broken.json', 'missing.json', 'latin1.json'])('ends with 2 when %s cannot be read', async (name) => {
    const { stdout, stderr, exitCode } = await runCli(['diff', at('sound.json'), at(name)])
    expect([stdout, exitCode]).toEqual(['', 2])
    expect(stderr).toContain(name)
  })
})

describe('textloom compile', () => {
  test("prints a config that XState's own createMachine takes", async () => {
    const { stdout, stderr, exitCode } = await runCli(['compile', at('sound.json')])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const machine = createMachine(JSON.parse(stdout))
    expect(Object.keys(machine.states)).toEqual(expect.arrayContaining(['hello', 'greet', 'end']))
  })

  test.each(['draft.json', 'broken.json'])('refuses %s with its issues on stderr', async (name) => {
    const { stdout, stderr, exitCode } = await runCli(['compile', at(name)])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toMatch(/: flow\/(open-exit|unknown-node-type): /)
  })

  test('--mermaid prints a flowchart', async () => {
    const { stdout } = await runCli(['compile', '--mermaid', at('sound.json')])
    expect(stdout).toBe(
      [
        'flowchart TD',
        '  n0(["Keyword: HELLO (whole text)"])',
        '  n1["Message: Hi #60;you#62; #38; #123;#123; contact.name #125;#125;!"]',
        '  n2(("End: Completed"))',
        '  n0 --> n1',
        '  n1 --> n2',
        '',
      ].join('\n'),
    )
  })
})

describe('textloom export', () => {
  test('--to xstate is what compile prints', async () => {
    const exported = await runCli(['export', at('sound.json'), '--to', 'xstate'])
    expect(exported).toEqual(await runCli(['compile', at('sound.json')]))
  })

  test('--to svg draws drafts too, with their texts as text', async () => {
    const { stdout, exitCode } = await runCli(['export', at('draft.json'), '--to', 'svg'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/)
    expect(stdout).toContain('Hi &lt;you&gt; &amp; {{ contact.name }}!')
    expect(stdout.match(/class="card"/g)).toHaveLength(3)
    expect(stdout.match(/class="edge"/g)).toHaveLength(1)
  })
})

describe('textloom schema', () => {
  test.each<[readonly string[], object]>([
    [['flow'], { title: 'Textloom flow', required: ['format', 'id', 'name', 'languages', 'nodes', 'edges'] }],
    [['node', 'wait'], { required: ['duration'] }],
    [['config'], { title: 'Textloom instance' }],
    [['channel'], { required: ['id', 'address', 'link'] }],
    [
      ['link', 'smpp'],
      { properties: { kind: { const: 'smpp' } }, required: expect.arrayContaining(['id', 'kind', 'host']) },
    ],
  ])('%j prints a schema', async (argv, expected) => {
    const { stdout, stderr, exitCode } = await runCli(['schema', ...argv])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const draft = 'https://json-schema.org/draft/2020-12/schema'
    expect(JSON.parse(stdout)).toMatchObject({ $schema: draft, additionalProperties: false, ...expected })
  })
})

describe('as a process of its own, textloom', () => {
  test('prints results on stdout and ends with 0', async () => {
    expect(await spawnCli(['format', '-'], sound)).toEqual({ stdout: sound, stderr: '', exitCode: 0 })
  })

  test('prints issues and ends with 1', async () => {
    const { stdout, exitCode } = await spawnCli(['validate', at('broken.json')])
    expect({ lines: stdout.split('\n').length, exitCode }).toEqual({ lines: 2, exitCode: 1 })
  })

  test('ends quietly when its reader has seen enough', async () => {
    const nodes = Array.from({ length: 3_000 }, (_, index) => ({ ...greeting.nodes[1], id: `n${index}` }))
    const unconnected = JSON.stringify({ ...greeting, nodes: [...greeting.nodes, ...nodes] })
    const { stderr, exitCode } = await spawnCli(['validate', '-'], unconnected, { readsOneChunk: true })
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  })

  test('ends with 2 on wrong use', async () => {
    expect(await spawnCli(['fly'])).toEqual({
      stdout: '',
      stderr: 'textloom has no command "fly". textloom --help lists them.\n',
      exitCode: 2,
    })
  })
})
