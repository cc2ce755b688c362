import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type TestInstance, testInstance } from '../api/testing/test-instance.ts'
import { type Listening, listen } from '../listen.ts'
import { newHandsetKey, readHandsetFile, removeHandsetFile, writeHandsetFile } from '../settings/handset-file.ts'
import { HandsetClient, type HandsetOptions } from './handset-client.ts'
import type { Io } from './io.ts'
import { main } from './main.ts'

const position = { x: 0, y: 0 }
const parrot = {
  format: 'textloom/flow@1',
  id: 'parrot',
  name: 'Parrot',
  languages: { base: 'en' },
  nodes: [
    { id: 'any', type: 'catch-all', position, data: {} },
    { id: 'say', type: 'message', position, data: { text: 'You said: {{ reply.text }}' } },
    { id: 'end', type: 'end', position, data: { outcome: 'completed' } },
  ],
  edges: [
    { id: 'a', source: 'any', sourceHandle: 'next', target: 'say' },
    { id: 'b', source: 'say', sourceHandle: 'next', target: 'end' },
  ],
} as const

const key = newHandsetKey()
let instance: TestInstance
let listening: Listening
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'textloom-phone-'))
  // biome-ignore lint/suspicious/noExplicitAny: a literal flow has readonly lists, a document has not
  instance = await testInstance({ flows: [parrot as any], settings: { handsetKey: key } })
  listening = await listen(instance.app.fetch, { host: '127.0.0.1', port: 0 })
  await writeHandsetFile(dataDir, { url: listening.url, key, channels: ['4040'] })
})
afterAll(async () => {
  await listening.close(0)
  await instance.stop()
  await rm(dataDir, { recursive: true })
})

/** Runs `textloom phone …` with these lines on its stdin. */
async function phone(argv: readonly string[], lines: readonly string[], env: Io['env'] = {}) {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    async print(out) {
      stdout += out
    },
    write: () => Promise.reject(new Error('This command prints text.')),
    async remark(out) {
      stderr += out
    },
    stdin: (async function* () {
      for (const line of lines) yield new TextEncoder().encode(`${line}\n`)
    })(),
    isTerminal: false,
    env: { TEXTLOOM_DATA_DIR: dataDir, ...env },
    exitCode: 0,
  }
  const exitCode = await main(['phone', ...argv], io)
  return { stdout, stderr, exitCode }
}

describe('textloom phone', () => {
  test('from a pipe: each line is a text, each answer is printed', async () => {
    expect(await phone([], ['hello', 'how are you?'])).toEqual({
      stdout: 'You said: hello\nYou said: how are you?\n',
      stderr: '',
      exitCode: 0,
    })
  })

  test('with --json prints who said what to whom', async () => {
    const { stdout } = await phone(['--json', '--from', '+36301234567', '--channel', '4040'], ['hi'])
    expect(JSON.parse(stdout)).toEqual({ type: 'mt', from: '4040', to: '+36301234567', text: 'You said: hi' })
  })

  test('a channel that does not exist: the sentence of the API, exit code 2', async () => {
    expect(await phone(['--channel', 'nowhere'], ['hi'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('There is no channel "nowhere"'),
    })
  })

  test('without a runtime: exit code 3 and what to do', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'textloom-phone-'))
    onTestFinished(() => rm(elsewhere, { recursive: true }))
    await writeHandsetFile(elsewhere, { url: 'http://127.0.0.1:9', key, channels: ['4040'] })
    expect(await phone([], ['hi'], { TEXTLOOM_DATA_DIR: elsewhere })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('Textloom does not run on http://127.0.0.1:9. Start it with npm start'),
    })
  })

  test('without any channel known: exit code 2', async () => {
    const { exitCode, stderr } = await phone([], ['hi'], { TEXTLOOM_DATA_DIR: join(dataDir, 'none') })
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('Start it with npm start') })
  })
})

describe('a handset', () => {
  const handset = (more: Partial<HandsetOptions> & Pick<HandsetOptions, 'door'>) => {
    const client = new HandsetClient({ channel: '4040', phone: '+36300000001', onMt() {}, onAway() {}, ...more })
    onTestFinished(() => client.end())
    return client
  }

  test('comes back when the runtime was away, and writes what it had to write', async () => {
    const texts: string[] = []
    const away = Promise.withResolvers<string>()
    let door = await listen(instance.app.fetch, { host: '127.0.0.1', port: 0 })
    const heard = Promise.withResolvers<void>()
    const client = handset({
      door: async () => ({ url: door.url, key }),
      onMt({ text }) {
        texts.push(text)
        heard.resolve()
      },
      onAway: away.resolve,
    })
    await client.listen()
    await door.close(0)
    expect(await away.promise).toContain('does not answer')
    const written = client.write('still there?')
    door = await listen(instance.app.fetch, { host: '127.0.0.1', port: 0 })
    onTestFinished(() => door.close(0))
    await written
    // The answer may have come before the handset listened again: the next one finds it there.
    await client.write('and now?')
    await heard.promise
    expect(texts.at(-1)).toMatch(/^You said: /)
  })

  test('with a key that opens nothing is refused once a start would be through', async () => {
    const client = handset({ door: async () => ({ url: listening.url, key: 'tlh_wrong' }), patienceMs: 0 })
    await expect(client.listen()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('key') })
  })
})

test('the file is for its owner only, and is gone when it is removed', async () => {
  const folder = join(dataDir, 'made')
  const file = { url: 'http://127.0.0.1:3000', key, channels: ['a'] }
  await writeHandsetFile(folder, file)
  expect(await readHandsetFile(folder)).toEqual(file)
  expect((await stat(join(folder, 'handset.json'))).mode & 0o777).toBe(0o600)
  await removeHandsetFile(folder)
  expect(await readHandsetFile(folder)).toBeUndefined()
})
