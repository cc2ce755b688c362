import { setTimeout as pause } from 'node:timers/promises'
import { countingFlow, engineOf, makeInstance, storageOn, until } from '@textloom/runtime/testing/system'
import { listenAsModem, PretendModem } from '@textloom/transports/pretend-modem'
import { Choices } from '../../crash/choices.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'
import { percentile } from '../timings.ts'

/** Fewer places than texts that come at once: the network keeps what does not fit. */
const PLACES = 5
const PHONES = 80
const BACK_WITHIN_MS = 60_000
const OTHERS_WITHIN_MS = 2_000

/** What a modem does to whoever talks to it. */
const faults: Readonly<Record<string, (modem: PretendModem, random: Choices) => void>> = {
  'unplugged in mid-sentence': (modem, random) => {
    modem.faults.unplugAfterOctets = Math.floor(random.between(1, 200))
  },
  'ERROR to whatever is said': (modem) => {
    modem.faults.errorsNext = 3
  },
  'no prompt': (modem) => {
    modem.faults.isPromptless = true
  },
  'echo and everything else as after a start': (modem) => modem.restart(),
  'news in the middle of answers': (modem) => {
    modem.faults.isChatty = true
  },
  '+CMS ERROR 38': (modem) => {
    modem.faults.refuseNext = 38
  },
  '+CMS ERROR 500': (modem) => {
    modem.faults.refuseNext = 500
  },
  silence: (modem) => {
    modem.faults.isSilent = true
    setTimeout(() => {
      modem.faults.isSilent = false
    }, 8_000).unref()
  },
  garbage: (modem, random) => {
    modem.noise(Uint8Array.from({ length: 300 }, () => Math.floor(random.between(0, 256))))
  },
}

/** A modem that misbehaves in every way, beside one that does not, and a kill -9 with its storage full. */
export const modemTroubles: Scenario = {
  bar: 'R29',
  title: 'a modem that misbehaves, beside one that does not',
  needs: needsEngine('embedded'),
  run: troubleModem,
}

async function troubleModem(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const [modem, other] = [new PretendModem({ capacity: PLACES }), new PretendModem()]
  const [port, otherPort] = await Promise.all([listenAsModem(modem, 0), listenAsModem(other, 0)])
  const serial = (path: string) => ({
    kind: 'serial',
    path,
    pollMs: 2_000,
    answerTimeoutMs: 2_000,
    sendTimeoutMs: 10_000,
  })
  const storage = await storageOn(engineOf('embedded'))
  const notSmpp = { host: undefined, port: undefined, systemId: undefined, password: undefined }
  const instance = await makeInstance({
    storage,
    smscPort: 0,
    flows: [countingFlow],
    link: { ...notSmpp, ...serial(`tcp://127.0.0.1:${port.port}`) },
    more: {
      links: [{ id: 'other', ...serial(`tcp://127.0.0.1:${otherPort.port}`) }],
      channels: [{ id: '4041', address: '4041', link: 'other' }],
    },
  })
  let runtime = await instance.start()
  const phones = Array.from({ length: amount(trial, PHONES) }, (_, index) => `+3630${9_500_000 + index}`)
  const otherTimes: number[] = []
  const violations: string[] = []
  let slowestMs = 0
  let isOver = false

  async function watchOther(): Promise<void> {
    for (let count = 1; !isOver; count++) {
      const startedAtMs = performance.now()
      void other.hears('+36309999999', `t${count}`)
      await until(() => other.texts.some(({ text }) => text === `${count} t${count}`), 'the other modem', 60_000)
      otherTimes.push(Math.round(performance.now() - startedAtMs))
      await pause(300)
    }
  }

  /** Everybody writes the next text; the answers tell whether one is missing, forgotten or counted twice. */
  async function everybodyTalks(what: string, round: number, trouble: () => unknown): Promise<void> {
    const startedAtMs = performance.now()
    const deleted = Promise.all(phones.map((phone) => modem.hears(phone, `t${round}`)))
    await pause(random.between(0, 300))
    await trouble()
    const got = (phone: string) => modem.texts.filter(({ to, text }) => to === phone && text === `${round} t${round}`)
    const silent = () => phones.filter((phone) => got(phone).length === 0)
    const answered = until(
      () => silent().length === 0,
      () => `${silent().length} answers`,
      BACK_WITHIN_MS,
    )
    await answered.catch((error: Error) => violations.push(`${what}: ${error.message}`))
    await until(
      () => Promise.race([deleted.then(() => true), pause(100).then(() => false)]),
      'the storage to be empty',
      30_000,
    )
    modem.faults.isChatty = false
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - startedAtMs))
    trial.say(`${what}: ${Math.round(performance.now() - startedAtMs)} ms`)
  }

  try {
    const watched = watchOther().catch((error: Error) => violations.push(error.message))
    await everybodyTalks('nothing', 1, () => undefined)
    let round = 1
    for (const [what, begin] of Object.entries(faults)) await everybodyTalks(what, ++round, () => begin(modem, random))
    const othersP95Ms = percentile(otherTimes, 95)
    if (othersP95Ms > OTHERS_WITHIN_MS) violations.push(`other: 95 % of its answers took up to ${othersP95Ms} ms.`)
    await everybodyTalks('kill -9', ++round, async () => {
      await runtime.kill()
      runtime = await instance.start()
    })
    isOver = true
    await watched
    const astray = modem.texts.filter(({ to, text }) => phones.includes(to) && !/^(\d+) t\1$/.test(text))
    for (const { to, text } of astray) violations.push(`${to} got "${text}".`)
    return { figures: { texts: phones.length * round, faults: round - 1, slowestMs, othersP95Ms }, violations }
  } finally {
    isOver = true
    await runtime.kill()
    await Promise.all([port.close(), otherPort.close()])
    await storage.remove()
  }
}
