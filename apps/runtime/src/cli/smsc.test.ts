import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { transports } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

const program = fileURLToPath(new URL('../../bin/textloom.mjs', import.meta.url))
const phone = '+36301234567'

/** The command as a process of its own, and what it prints. */
function spawnSmsc(...argv: string[]) {
  const child = spawn(process.execPath, [program, 'smsc', '--port', '0', ...argv])
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const events: Record<string, unknown>[] = []
  const watchers = new Set<() => void>()
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line))
    for (const look of [...watchers]) look()
  })
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  const next = (type: string) =>
    new Promise<Record<string, unknown>>((resolve) => {
      const look = () => {
        const found = events.find((event) => event.type === type)
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  return { child, events, exit, next, stderr: () => stderr, write: (line: string) => child.stdin.write(`${line}\n`) }
}

const users = { smpp: { systemId: 'tl' }, ucp: { user: '4040' }, cimd2: { user: 'tl' } }

/** An ESME in this process that answers each MO with "Re: …". */
function echoTo(port: unknown, password = 'secret', kind: keyof typeof users = 'smpp') {
  const transport = transports.get(kind)
  if (transport === undefined) throw new Error(`There is no transport ${kind}.`)
  const host = new RecordingHost()
  const config = transport.config.parse({ host: '127.0.0.1', port, password, ...users[kind] })
  const link = transport.open('a', config, host)
  onTestFinished(() => link.stop(0))
  host.store = async (inbound) => {
    if (inbound.type !== 'mo') return
    const { id: key, from: to, to: from, text } = inbound
    void link.send({ key, from, to, text: `Re: ${text}`, reference: 1, wantsDlr: true })
  }
  link.start()
  return { link, host }
}

async function scriptFile(...steps: readonly unknown[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-smsc-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'script.jsonl')
  await writeFile(file, steps.map((step) => `${JSON.stringify(step)}\n`).join(''))
  return file
}

describe('textloom smsc', () => {
  test.each(['smpp', 'ucp', 'cimd2'] as const)(
    'plays its script, prints what happens, and exits as it says: %s',
    async (protocol) => {
      const script = await scriptFile(
        { wait: 'bound' },
        { mo: { from: phone, to: '4040', text: 'YES' } },
        { expect: { mt: { to: phone, text: 'Re: YES' } } },
        { wait: 'acknowledged' },
        { wait: 'PT0.1S' },
        { exit: 0 },
      )
      const smsc = spawnSmsc('--protocol', protocol, '--script', script)
      const { port } = await smsc.next('listening')
      echoTo(port, 'secret', protocol)
      expect(await smsc.exit).toBe(0)
      expect(smsc.events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['listening', 'bound', 'mo-sent', 'mt', 'mo-acknowledged', 'dlr-sent']),
      )
      expect(smsc.events.find(({ type }) => type === 'mt')).toMatchObject({
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        from: '4040',
        to: phone,
        text: 'Re: YES',
        segments: 1,
      })
    },
  )

  test('an expectation that is not met is told with its line, and the exit code is 1', async () => {
    const script = await scriptFile(
      { mo: { from: phone, to: '4040', text: 'YES' } },
      { expect: { mt: { to: phone, text: 'No' } } },
    )
    const smsc = spawnSmsc('--script', script)
    echoTo((await smsc.next('listening')).port)
    expect(await smsc.exit).toBe(1)
    expect(smsc.stderr()).toContain('Line 2: Expected an MT {"to":"+36301234567","text":"No"}')
  })

  test('takes lines from stdin, and stays until it is told to stop', async () => {
    const smsc = spawnSmsc()
    const { host } = echoTo((await smsc.next('listening')).port)
    smsc.write(`${phone} 4040 hello there`)
    await host.until(({ mos }) => mos.length === 1)
    smsc.write(JSON.stringify({ mo: { from: phone, to: '4040', text: 'again' } }))
    await host.until(({ mos }) => mos.length === 2)
    expect(host.mos.map(({ text }) => text)).toEqual(['hello there', 'again'])
    smsc.child.kill('SIGTERM')
    expect(await smsc.exit).toBe(0)
    await host.untilState('waiting')
  })

  test('accepts only the credentials it is given', async () => {
    const smsc = spawnSmsc('--system-id', 'tl', '--password', 'right')
    const { port } = await smsc.next('listening')
    const { host } = echoTo(port, 'wrong')
    await host.untilState('refused')
    echoTo(port, 'right')
    await smsc.next('bound')
  })

  test('a port that is taken: exit code 3', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      taken.close()
    })
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const { exitCode, stderr } = await runCli(['smsc', '--port', String(port)])
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining(`Cannot listen on port ${port}`),
    })
  })

  test.each([
    { argv: ['--port', 'soon'], says: '--port' },
    { argv: ['--protocol', 'carrier-pigeon'], says: '--protocol: must be one of smpp, ucp, cimd2' },
    { argv: ['--protocol', 'ucp', '--hold-mos'], says: '--hold-mos: only cimd2 has clients that ask' },
    { argv: ['--protocol', 'ucp', '--ids', 'hex'], says: '--ids: only smpp has several' },
    { argv: ['--ids', 'roman'], says: '--ids' },
    { argv: ['--script', '/nowhere'], says: 'Cannot read /nowhere' },
  ])('wrong use, $argv: exit code 2', async ({ argv, says }) => {
    const { exitCode, stderr } = await runCli(['smsc', '--port', '0', ...argv])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(says)
  })

  test('a bad line of a script: exit code 1, before anything is played', async () => {
    const script = await scriptFile({ wait: 'PT0S' }, { wobble: 1 })
    const { exitCode, stderr, stdout } = await runCli(['smsc', '--port', '0', '--script', script])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Line 2, {"wobble":1}, is no step')
    expect(stdout).toBe('')
  })
})
