import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transports } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runCli } from '../testing/run-cli.ts'
import { runNode, textloom } from '../testing/system/index.ts'

const phone = '+36301234567'

/** The command as a process of its own, and a link of ours at its port. */
async function modemWithLink(...argv: string[]) {
  const modem = runNode([textloom, 'modem', '--port', '0', ...argv])
  onTestFinished(() => void modem.kill())
  const [line] = await modem.line(/.*"listening".*/)
  const { port } = JSON.parse(line)
  const serial = transports.get('serial')
  if (serial === undefined) throw new Error('There is no serial transport.')
  const host = new RecordingHost()
  const link = serial.open('gsm-1', serial.config.parse({ path: `tcp://127.0.0.1:${port}`, pin: '1234' }), host)
  onTestFinished(() => link.stop(0))
  link.start()
  await host.untilState('bound')
  return { modem, link, host }
}

describe('textloom modem', () => {
  test('is a modem whose phones write and read, until its script says exit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'textloom-modem-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const script = join(folder, 'script.jsonl')
    const steps = [
      { mo: { from: phone, text: 'YES' } },
      { wait: 'deleted' },
      { expect: { mt: { to: phone, text: 'Thanks' } } },
      { exit: 7 },
    ]
    await writeFile(script, steps.map((step) => JSON.stringify(step)).join('\n'))
    const { modem, link, host } = await modemWithLink('--pin', '1234', '--script', script)
    await host.until(({ mos }) => mos.length === 1)
    expect(host.mos).toMatchObject([{ from: phone, text: 'YES' }])
    await link.send({ key: 'mt-1', from: '4040', to: phone, text: 'Thanks', reference: 1, wantsDlr: false })
    expect(await modem.ended).toMatchObject({ code: 7 })
    expect(modem.stdout.join('\n')).not.toContain('1234"')
  })

  test('takes steps and texts on stdin, and says what an expectation got instead', async () => {
    const { modem, link, host } = await modemWithLink()
    modem.write(`${phone} hello`)
    await host.until(({ mos }) => mos.length === 1)
    modem.write(`${JSON.stringify({ expect: { mt: { text: 'Yes' } } })}`)
    await link.send({ key: 'mt-1', from: '4040', to: phone, text: 'No', reference: 1, wantsDlr: false })
    expect(await modem.ended).toMatchObject({ code: 1 })
    expect(modem.stderr.join(' ')).toContain('Line 2: Expected a text {"text":"Yes"}')
  })

  test.each([
    { argv: ['--capacity', '0'], code: 2, says: '--capacity' },
    { argv: ['--port', 'x'], code: 2, says: '--port' },
  ])('$argv is told', async ({ argv, code, says }) => {
    const { exitCode, stderr } = await runCli(['modem', ...argv])
    expect(exitCode).toBe(code)
    expect(stderr).toContain(says)
  })

  test('a line that is no step is told by its number', async () => {
    const { exitCode, stderr } = await runCli(['modem', '--port', '0'], '{"mo":{}}\n')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Line 1')
  })
})
