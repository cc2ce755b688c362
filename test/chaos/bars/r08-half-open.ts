import { setTimeout as pause } from 'node:timers/promises'
import {
  countingFlow,
  deliveredTexts,
  engineOf,
  makeInstance,
  type RunningRuntime,
  startSmsc,
  storageOn,
  until,
} from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import type { Outcome, Scenario, Trial } from '../scenario.ts'

const ASK_AFTER_MS = 2_000
/** Of the bar: twice as long as the link waits before it asks whether anybody is there; and a second of this test's. */
const DEAD_WITHIN_MS = 2 * ASK_AFTER_MS + 1_000
const FULL_MS = 120_000
const QUICK_MS = 8_000

/** How a link is told, by protocol, whom it is and when it asks whether its peer is there. */
const links = {
  smpp: { kind: 'smpp', enquireLinkMs: ASK_AFTER_MS },
  ucp: { kind: 'ucp', user: '4040', keepAliveMs: ASK_AFTER_MS, systemId: undefined },
  cimd2: { kind: 'cimd2', user: 'tl', keepAliveMs: ASK_AFTER_MS, systemId: undefined },
}

/** An SMSC that is there and says nothing: SIGSTOP, and much later SIGCONT. */
export const halfOpen: Scenario = {
  bar: 'R8',
  title: 'half-open links: the SMSC is stopped, by SMPP, UCP and CIMD2',
  needs: needsEngine('embedded'),
  async run(trial) {
    const figures: Record<string, number> = {}
    const violations: string[] = []
    for (const protocol of Object.keys(links) as (keyof typeof links)[]) {
      trial.say(protocol)
      const outcome = await stopSmsc(protocol, trial)
      figures[`${protocol}DeadAfterMs`] = outcome.figures.deadAfterMs ?? 0
      violations.push(...outcome.violations.map((sentence) => `${protocol}: ${sentence}`))
    }
    return { figures, violations }
  },
}

async function stopSmsc(protocol: keyof typeof links, { size }: Trial): Promise<Outcome> {
  const smsc = await startSmsc(['--protocol', protocol])
  const storage = await storageOn(engineOf('embedded'))
  const instance = await makeInstance({ storage, smscPort: smsc.port, flows: [countingFlow], link: links[protocol] })
  const runtime = await instance.start()
  const phone = '+36301234567'
  const violations: string[] = []
  try {
    await until(async () => (await stateOf(runtime)) === 'bound', 'the link to be bound')
    smsc.says(phone, 'one')
    // A stop before it is known to have arrived could send it twice.
    await deliveredTexts(runtime, phone, 1)

    smsc.signal('SIGSTOP')
    const stoppedAtMs = performance.now()
    await until(async () => (await stateOf(runtime)) !== 'bound', 'the link to be given up', 60_000)
    const deadAfterMs = Math.round(performance.now() - stoppedAtMs)
    if (deadAfterMs > DEAD_WITHIN_MS) violations.push(`the link was given up only after ${deadAfterMs} ms.`)
    const accepted = await runtime.api('/api/v1/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: '4040', to: phone, text: 'meanwhile' }),
    })
    if (accepted.status !== 202) violations.push(`a message was refused meanwhile with ${accepted.status}.`)
    await pause(size === 'full' ? FULL_MS : QUICK_MS)

    smsc.signal('SIGCONT')
    const again = async () => (await smsc.texts(phone, 1)).includes('meanwhile')
    await until(again, 'what was queued', 90_000)
    smsc.says(phone, 'two')
    const answered = async () => (await smsc.texts(phone, 1)).includes('2 two')
    await until(answered, 'an answer on the new link', 30_000)
    const texts = await smsc.texts(phone, 3)
    if (texts.join() !== '1 one,meanwhile,2 two') violations.push(`the phone got ${texts.join(', ')}.`)
    return { figures: { deadAfterMs }, violations }
  } finally {
    await runtime.kill()
    await smsc.kill()
    await storage.remove()
  }
}

async function stateOf(runtime: RunningRuntime): Promise<string> {
  const response = await runtime.api('/api/v1/links/smsc/status')
  return ((await response.json()) as { state: string }).state
}
