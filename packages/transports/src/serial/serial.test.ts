import { duplexPair, PassThrough } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ConformanceBench, someMt, transportConformance } from '../testing/conformance.ts'
import { manualTimers } from '../testing/manual-timers.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { serialConfigSchema } from './config.ts'
import { SerialLink } from './link.ts'
import { PretendModem, type PretendModemOptions } from './pretend/modem.ts'
import { resetAfter } from './reset.ts'
import { ModemSession } from './session.ts'

interface Bench {
  readonly modem: PretendModem
  readonly link: SerialLink
  readonly host: RecordingHost
  readonly paths: Paths
  /** How often the line was opened. */
  opened(): number
}

/** The devices of this machine, of which a modem can vanish. */
class Paths {
  readonly asked: string[] = []
  #isAway = false

  goAway(): { comeBack(): void } {
    this.#isAway = true
    return {
      comeBack: () => {
        this.#isAway = false
      },
    }
  }

  open(path: string): void {
    this.asked.push(path)
    if (this.#isAway) throw new Error(`There is no ${path}: is the modem plugged in?`)
  }
}

const quick = { firstMs: 20, maxMs: 40 }

function bench(options: PretendModemOptions = {}, settings: object = {}, kept?: Map<string, string>): Bench {
  return benchOf(new PretendModem(options), settings, kept)
}

/** A link of its own to a modem that others may have used before. */
function benchOf(
  modem: PretendModem,
  settings: object = {},
  kept?: Map<string, string>,
  timers: Timers = systemTimers,
): Bench {
  const paths = new Paths()
  const host = new RecordingHost(kept)
  const config = serialConfigSchema.parse({ path: '/dev/pretend', number: '4040', pollMs: 60_000, ...settings })
  const link = new SerialLink('gsm-1', config, host, {
    timers,
    backoff: { lost: quick, refused: quick },
    open: async (path) => {
      paths.open(path)
      const [ours, theirs] = duplexPair()
      modem.attach(theirs)
      theirs.once('close', () => ours.destroy())
      return { stream: ours, close: async () => void ours.destroy() }
    },
  })
  onTestFinished(() => link.stop(0))
  return { modem, link, host, paths, opened: () => paths.asked.length }
}

async function boundBench(options?: PretendModemOptions, settings?: object): Promise<Bench> {
  const opened = bench(options, settings)
  opened.link.start()
  await opened.host.untilState('bound')
  return opened
}

const conformanceBench = (options: PretendModemOptions, settings?: object) => async (): Promise<ConformanceBench> => {
  const { modem, link, host } = bench(options, settings)
  const numbers = { later: 41, never: 1, throttled: 42 }
  return {
    link,
    host,
    hears: (from, _to, text) => modem.hears(from, text),
    // A SIM sends as itself.
    nextMt: async () => ({ from: '4040', ...(await modem.next()) }),
    refuseNext: (how) => {
      modem.faults.refuseNext = numbers[how]
    },
    delayNext: (ms) => {
      modem.faults.delayNextMs = ms
    },
    breakConnection: () => modem.unplug(),
    garbage: () => modem.noise(Buffer.concat([Buffer.alloc(2_000, 0xff), Buffer.from('\r\n+CMT: ,9\r\nnonsense\r\n')])),
    close: () => link.stop(0),
  }
}

transportConformance('serial', conformanceBench({}))
transportConformance('serial with a modem that stores nothing', conformanceBench({ delivers: 'direct' }))

describe('bringing a modem up', () => {
  test('says what it knows of the modem and its network', async () => {
    const { link } = await boundBench()
    expect(link.status().facts).toEqual({ model: 'Pretend modem', operator: 'Loopback Mobile', signalDbm: -71 })
  })

  test('field trap 20: a SIM is unlocked with the PIN of the settings', async () => {
    const { link } = await boundBench({ pin: '1234' }, { pin: '1234' })
    expect(link.status().state).toBe('bound')
  })

  test('field trap 20: a wrong PIN is tried once and never again', async () => {
    const { link, host, modem } = bench({ pin: '1234' }, { pin: '0000' })
    const tried: string[] = []
    modem.onCommand = (line) => void (line.includes('CPIN=') && tried.push(line))
    link.start()
    await host.until(({ statuses }) => statuses.filter(({ state }) => state === 'refused').length >= 3)
    expect(tried).toEqual(['AT+CPIN="0000"'])
    expect(link.status().lastError).toBe('The PIN was refused and is not tried again: correct pin of the link.')
  })

  test('field trap 20: a PIN that was refused is not tried after a restart either, another one is', async () => {
    const kept = new Map<string, string>()
    const modem = new PretendModem({ pin: '1234' })
    const tried: string[] = []
    modem.onCommand = (line) => void (line.includes('CPIN=') && tried.push(line))
    for (let start = 0; start < 3; start += 1) {
      const { link, host } = benchOf(modem, { pin: '0000' }, kept)
      link.start()
      await host.untilState('refused')
      await link.stop(0)
    }
    expect(tried).toEqual(['AT+CPIN="0000"'])
    expect(JSON.stringify([...kept])).not.toContain('0000')
    const { link, host } = benchOf(modem, { pin: '1234' }, kept)
    link.start()
    await host.untilState('bound')
  })

  test('field trap 20: a PIN whose answer never came is tried once more and no further', async () => {
    const kept = new Map<string, string>()
    const modem = new PretendModem({ pin: '1234' })
    let tried = 0
    modem.onCommand = (line) => {
      if (!line.includes('CPIN=')) return
      tried += 1
      modem.unplug()
    }
    const { link, host } = benchOf(modem, { pin: '0000' }, kept)
    link.start()
    await host.untilState('refused')
    expect(tried).toBe(2)
    expect(link.status().lastError).toContain('the modem vanished each time')
  })

  test('field trap 20: the last try of a SIM is never used', async () => {
    const { link, host, modem } = bench({ pin: '1234', pinTries: 1 }, { pin: '1234' })
    const tried: string[] = []
    modem.onCommand = (line) => void (line.includes('CPIN=') && tried.push(line))
    link.start()
    await host.untilState('refused')
    expect(tried).toEqual([])
    expect(link.status().lastError).toContain('one try left')
  })

  test('field trap 20: a SIM that is busy for some seconds is waited for, in the same session', async () => {
    const timers = manualTimers()
    const modem = new PretendModem({ pin: '1234', timers })
    modem.faults.simBusyNext = 20
    const { host, link, opened } = benchOf(modem, { pin: '1234' }, undefined, timers)
    link.start()
    for (let steps = 0; steps < 60 && link.status().state !== 'bound'; steps++) await timers.advance(250)
    expect(link.status()).toMatchObject({ state: 'bound' })
    expect(opened()).toBe(1)
    expect(host.statuses.map(({ state }) => state)).not.toContain('refused')
  })

  test('field trap 20: a device that is gone for a while is opened again by the same name', async () => {
    const { modem, link, host, paths } = await boundBench({}, { path: '/dev/serial/by-id/usb-Pretend-if00' })
    const away = paths.goAway()
    modem.unplug()
    await host.until(() => link.status().lastError?.startsWith('There is no /dev/serial/by-id/') === true)
    away.comeBack()
    await host.untilState('bound')
    expect(new Set(paths.asked)).toEqual(new Set(['/dev/serial/by-id/usb-Pretend-if00']))
    await modem.hears('+36301234567', 'ttyUSB1 now')
    expect(host.mos.map(({ text }) => text)).toEqual(['ttyUSB1 now'])
  })

  test('a SIM that asks for a PIN where there is none is said to the operator', async () => {
    const { link, host } = bench({ pin: '1234' })
    link.start()
    await host.untilState('refused')
    expect(link.status().lastError).toContain('set pin of the link')
  })

  test('field trap 19: a modem that does not answer is told to start anew after some attempts', async () => {
    const { link, host, modem } = bench({}, { answerTimeoutMs: 50 })
    const resets: string[] = []
    modem.onCommand = (line) => void (line.startsWith('AT+CFUN') && resets.push(line))
    modem.faults.isSilent = true
    link.start()
    await host.until(() => resets.length > 0)
    expect(resets).toEqual(['AT+CFUN=1,1'])
    modem.faults.isSilent = false
    await host.untilState('bound')
  })

  test.each([
    { failures: 0, how: undefined },
    { failures: 2, how: undefined },
    { failures: 3, how: 'restart' },
    { failures: 4, how: undefined },
    { failures: 6, how: 'line' },
    { failures: 9, how: 'restart' },
    { failures: 12, how: 'line' },
  ])('field trap 19: after $failures fruitless attempts it is reset by: $how', ({ failures, how }) => {
    expect(resetAfter(failures)).toBe(how)
  })

  test('field trap 19: a line that can be let go is, before the modem is told to start anew', async () => {
    const done: string[] = []
    const stream = new PassThrough()
    stream.on('data', (octets) => done.push(String(octets)))
    const session = new ModemSession(
      { stream, close: async () => {}, letGo: async () => void done.push('line') },
      {
        line: { link: 'gsm-1', number: '' },
        config: serialConfigSchema.parse({ path: '/dev/pretend' }),
        timers: systemTimers,
        pinAttempts: undefined,
        store: async () => {},
        onFacts: () => {},
        onEnd: () => {},
        log: () => {},
      },
    )
    await session.reset('line')
    await expect.poll(() => done).toEqual(['line', 'AT+CFUN=1,1\r'])
  })
})

describe('receiving', () => {
  test('field trap 18: announcements in the middle of an answer are no part of it', async () => {
    const { modem, host } = await boundBench()
    modem.faults.isChatty = true
    await Promise.all([modem.hears('+36301234501', 'one'), modem.hears('+36301234502', 'jövök, ő is')])
    expect(host.mos.map(({ text }) => text)).toEqual(['one', 'jövök, ő is'])
  })

  test('field trap 18: what was not announced is found', async () => {
    const { modem, host } = await boundBench({}, { pollMs: 100 })
    modem.faults.isQuiet = true
    await modem.hears('+36301234567', 'nobody said so')
    expect(host.mos.map(({ text }) => text)).toEqual(['nobody said so'])
  })

  test('what lay in the modem before is read when it comes up', async () => {
    const { modem, link, host } = bench()
    const taken = modem.hears('+36301234567', 'were you away?')
    link.start()
    await taken
    expect(host.mos.map(({ text }) => text)).toEqual(['were you away?'])
  })

  test('field trap 17: a long text comes in parts that say so, whose numbers survive', async () => {
    const { modem, host } = await boundBench()
    await modem.hears('+36301234567', 'x'.repeat(300))
    expect(host.mos.map(({ part }) => [part?.sequence, part?.total, part?.encoding])).toEqual([
      [1, 2, 'gsm7'],
      [2, 2, 'gsm7'],
    ])
  })

  test('field trap 19: more texts than the storage holds come one after another, none is lost', async () => {
    const { modem, host } = await boundBench({ capacity: 3 })
    const said = Array.from({ length: 12 }, (_, index) => `text ${index}`)
    await Promise.all(said.map((text) => modem.hears('+36301234567', text)))
    expect(host.mos.map(({ text }) => text).toSorted()).toEqual(said.toSorted())
  })

  test('field trap 19: a text that somebody else deleted meanwhile is not looked for again and again', async () => {
    const { modem, host } = await boundBench()
    const asked: string[] = []
    let isRaced = false
    modem.onCommand = (line) => {
      asked.push(line)
      // What was listed is gone when it is to be deleted: +CMS ERROR: 321.
      if (!isRaced && line.startsWith('AT+CMGD=')) {
        isRaced = true
        modem.deleteAll()
      }
    }
    await modem.hears('+36301234567', 'one')
    await host.until(({ logs }) => logs.some(({ message }) => message.includes('could not be read')))
    await modem.hears('+36301234567', 'two')
    expect(host.mos.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(asked.filter((line) => line.startsWith('AT+CMGL')).length).toBeLessThan(4)
  })

  test('field trap 17: a text is deleted only once it is stored, and has the same id when it is read again', async () => {
    const { modem, host } = await boundBench()
    const ids: string[] = []
    host.store = async (inbound) => {
      if (inbound.type === 'mo') ids.push(inbound.id)
      if (ids.length < 3) throw new Error('the database is away')
    }
    await modem.hears('+36301234567', 'YES')
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(1)
  })

  test('while nothing can be stored, however many texts wait, the modem is not asked more and more often', async () => {
    const { modem, host } = await boundBench()
    let looks = 0
    modem.onCommand = (line) => {
      if (line.startsWith('AT+CMGL')) looks++
    }
    let isAway = true
    host.store = () => (isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve())
    const taken = Promise.all(Array.from({ length: 10 }, (_, index) => modem.hears('+36301234567', `text ${index}`)))
    await host.until(({ logs }) => logs.length >= 40)
    isAway = false
    await taken
    expect(host.mos).toHaveLength(10)
    expect(looks).toBeLessThan(15)
  })

  test('a receipt that could not be stored is stored later', async () => {
    const { link, host } = await boundBench()
    let attempts = 0
    host.store = () => (++attempts < 3 ? Promise.reject(new Error('the database is away')) : Promise.resolve())
    const { providerIds } = await link.send(someMt({ wantsDlr: true }))
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(providerIds)
    expect(attempts).toBe(3)
  })

  test('noise on the line does no harm', async () => {
    const { modem, host } = await boundBench()
    modem.noise(Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 256))
    modem.noise(Buffer.from('\r\n'))
    await modem.hears('+36301234567', 'still there')
    expect(host.mos.map(({ text }) => text)).toEqual(['still there'])
  })
})

describe('sending', () => {
  test('field trap 8: a message that is never answered is in doubt, and the modem is brought up anew', async () => {
    const { modem, link, host } = await boundBench({}, { sendTimeoutMs: 200 })
    modem.faults.delayNextMs = 5_000
    await expect(link.send(someMt())).rejects.toMatchObject({
      code: 'serial/no-response',
      retry: 'later',
      inDoubt: true,
    })
    await host.untilState('bound')
    expect(host.epochs).toHaveLength(2)
  })

  test('of a long text only what was not taken is sent again', async () => {
    const { modem, link } = await boundBench()
    modem.faults.refuseNext = 41
    const mt = someMt({ text: 'x'.repeat(300) })
    await expect(link.send(mt)).rejects.toMatchObject({ code: 'serial/temporary' })
    const arrived = modem.next()
    await link.send(mt)
    expect((await arrived).text).toBe(mt.text)
    expect(modem.texts).toHaveLength(1)
  })

  test.each([
    { what: 'an address that no TPDU can carry', mt: { to: 'ő' }, code: 'serial/unencodable-address' },
    { what: 'a text of more than 255 parts', mt: { text: 'a'.repeat(40_000) }, code: 'serial/too-many-segments' },
  ])('$what is refused for good', async ({ mt, code }) => {
    const { link } = await boundBench()
    await expect(link.send(someMt(mt))).rejects.toMatchObject({ code, retry: 'never' })
  })

  test('field trap 20: without a network nothing is lost, and the link says why', async () => {
    const { modem, link, host } = await boundBench({}, { pollMs: 100 })
    modem.faults.isOffline = true
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'serial/temporary', retry: 'later' })
    await host.untilState('waiting')
    expect(link.status().lastError).toBe('The modem has lost the network.')
    modem.faults.isOffline = false
    await host.untilState('bound')
    await expect(link.send(someMt())).resolves.toBeDefined()
  })
})
