import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Link, transportRegistry } from '@textloom/core'
import { runNode, textloom } from '@textloom/runtime/testing/system'
import { transportTypes } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, gammu, gnokii, kannel, smstools, socat } from '../peers.ts'
import { startKannel } from './kannel.ts'

const phone = '+36301234567'

/** `textloom modem` on a pseudo-terminal in a folder of its own. */
async function startModem() {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-modem-'))
  const tty = join(folder, 'tty')
  const modem = runNode([textloom, 'modem', '--pty', tty], {})
  onTestFinished(async () => {
    modem.signal('SIGTERM')
    await modem.ended
    await rm(folder, { recursive: true, force: true })
  })
  await modem.line(/"type":"listening"/)
  return {
    folder,
    tty,
    /** Resolves once it has printed such a line. */
    prints: (line: RegExp) => modem.line(line),
    says: (from: string, text: string) => modem.write(`${JSON.stringify({ mo: { from, text } })}`),
    got: () =>
      modem.stdout.flatMap((line) => {
        const { type, to, text } = JSON.parse(line)
        return type === 'mt' ? [{ to, text }] : []
      }),
  }
}

/** Runs somebody else's program to its end; answers what it printed. */
function run(program: string | undefined, argv: readonly string[], input = ''): string {
  const { stdout, stderr, status } = spawnSync(program ?? '', argv, { input, encoding: 'utf8', timeout: 60_000 })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}

describeWith([socat, gammu], 'Gammu takes the pretend modem for one', () => {
  test('sends, and reads what came in', async () => {
    const { folder, tty, says, got } = await startModem()
    const config = join(folder, 'gammurc')
    await writeFile(config, `[gammu]\ndevice=${tty}\nconnection=at115200\n`)
    const text = 'Árvíztűrő tükörfúrógép. '.repeat(5).trim()
    run(gammu.path, ['-c', config, 'sendsms', 'TEXT', phone, '-unicode', '-autolen', '300'], text)
    await expect.poll(got).toEqual([{ to: phone, text }])
    says(phone, 'hello {gammu}')
    await expect.poll(() => run(gammu.path, ['-c', config, 'getallsms'])).toContain('hello {gammu}')
  })
})

describeWith([socat, gnokii], 'gnokii takes the pretend modem for one', () => {
  test('sends, and reads what came in', async () => {
    const { folder, tty, says, got } = await startModem()
    const config = join(folder, 'gnokii.conf')
    await writeFile(
      config,
      `[global]\nport=${tty}\nmodel=AT\nconnection=serial\nuse_locking=no\nserial_baudrate=115200\n`,
    )
    run(gnokii.path, ['--config', config, '--sendsms', phone], 'hello gnokii')
    await expect.poll(got).toEqual([{ to: phone, text: 'hello gnokii' }])
    says(phone, 'hello back')
    await expect
      .poll(
        () => spawnSync(gnokii.path ?? '', ['--config', config, '--getsms', 'SM', '1'], { encoding: 'utf8' }).stdout,
      )
      .toContain('hello back')
  })
})

describeWith([socat, smstools], 'SMS Server Tools take the pretend modem for one', () => {
  test('send, and take what came in', async () => {
    const { folder, tty, says, got } = await startModem()
    const folders = ['outgoing', 'incoming', 'checked', 'failed', 'sent']
    await Promise.all(folders.map((name) => mkdir(join(folder, name))))
    const settings = folders.map((name) => `${name} = ${join(folder, name)}`)
    const files = [`logfile = ${join(folder, 'log')}`, `infofile = ${join(folder, 'info')}`, 'delaytime = 1']
    const device = ['[GSM1]', `device = ${tty}`, 'incoming = yes', 'baudrate = 115200']
    await writeFile(join(folder, 'conf'), ['devices = GSM1', ...settings, ...files, ...device, ''].join('\n'))
    await writeFile(join(folder, 'outgoing', 'one'), `To: ${phone.slice(1)}\n\nhello smstools`)
    says(phone, 'hello back')
    const daemon = spawn(smstools.path ?? '', ['-t', `-c${join(folder, 'conf')}`, `-p${join(folder, 'pid')}`], {
      stdio: 'ignore',
    })
    onTestFinished(async () => {
      daemon.kill('SIGTERM') // it ends the processes of its modems
      await once(daemon, 'exit')
    })
    await expect.poll(got, { timeout: 60_000 }).toEqual([{ to: phone, text: 'hello smstools' }])
    const received = async () => {
      const [file] = await readdir(join(folder, 'incoming'))
      return file === undefined ? '' : readFile(join(folder, 'incoming', file), 'utf8')
    }
    await expect.poll(received, { timeout: 60_000 }).toContain('hello back')
  })
})

describeWith([socat, kannel], 'Kannel takes the pretend modem for one', () => {
  test('hears a phone and answers it', async () => {
    const { tty, says, got, prints } = await startModem()
    const modem = [
      'group = modems',
      'id = generic',
      'name = "generic"',
      'no-pin = true',
      'init-string = "AT+CNMI=2,1,0,1,0"',
    ]
    const pong = 'keyword = ping\ntext = "PONG {fixed} answer"\ncatch-all = true\nmax-messages = 1'
    await startKannel(
      0,
      [pong, 'keyword = default\ntext = "No service"'],
      'at',
      [`device = ${tty}`, '', ...modem].join('\n'),
    )
    // What came in before is not announced, and Kannel does not look for it.
    await prints(/AT\+CNMI=2,1/)
    says(phone, 'ping hello')
    await expect.poll(got, { timeout: 60_000 }).toEqual([{ to: phone, text: 'PONG {fixed} answer' }])
  })
})

describeWith([socat], 'our modem link on a serial port', () => {
  test('sends, receives and can be opened again', async () => {
    const { tty, says, got } = await startModem()
    const serial = transportRegistry(transportTypes).get('serial')
    if (serial === undefined) throw new Error('There is no serial transport.')
    const host = new RecordingHost()
    const link: Link = serial.open('gsm-1', serial.config.parse({ path: tty }), host)
    onTestFinished(() => link.stop(0))
    link.start()
    await host.untilState('bound')
    await link.send({ key: 'mt-1', from: '4040', to: phone, text: 'jövök, ő is', reference: 1, wantsDlr: true })
    await expect.poll(got).toEqual([{ to: phone, text: 'jövök, ő is' }])
    await host.until(({ dlrs }) => dlrs.length === 1)
    says(phone, 'YES')
    await host.until(({ mos }) => mos.length === 1)
    expect(host.mos).toMatchObject([{ from: phone, text: 'YES' }])
    await link.stop(1_000)
    link.start()
    await host.untilState('bound')
  })
})
