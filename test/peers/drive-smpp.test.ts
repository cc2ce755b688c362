import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { transports } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, driveSmpp } from '../peers.ts'
import { freePorts } from './free-ports.ts'

/** Where Kannel's boxes report to; the program dials it and ends where nobody listens. */
const BOX_PORT = 13_001
const COUNT = 500

/** Starts it, with somebody to report to. */
async function startDriveSmpp(): Promise<number> {
  const [port = 0] = await freePorts(1)
  const box = createServer((socket) => socket.on('error', () => undefined).resume())
  await new Promise<void>((resolve) => {
    // Another box of this machine will do as well.
    box.once('error', () => resolve())
    box.listen(BOX_PORT, '127.0.0.1', resolve)
  })
  const child = spawn(driveSmpp.path ?? 'drive_smpp', ['-v', '4', '-p', String(port), '-m', String(COUNT)], {
    stdio: 'ignore',
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
    box.close()
  })
  return port
}

describeWith([driveSmpp], 'drive_smpp, an SMSC that floods', () => {
  test('is answered, MO by MO, with an enquire_link for each', async () => {
    const port = await startDriveSmpp()
    const smpp = transports.get('smpp')
    const host = new RecordingHost()
    const config = smpp?.config.parse({ host: '127.0.0.1', port, systemId: 'tl', password: 's', bind: 'pair' })
    const link = smpp?.open('flood', config, host)
    onTestFinished(() => link?.stop(0))
    link?.start()
    await host.until(({ mos }) => mos.length >= COUNT)
    expect(new Set(host.mos.map(({ id }) => id)).size).toBe(host.mos.length)
    expect(host.logs.filter(({ message }) => message.includes('does not parse'))).toEqual([])
  })
})
