import { setTimeout as pause } from 'node:timers/promises'
import { flowOf } from '@textloom/engine/testing'
import { type House, startHouse } from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import type { Outcome, Scenario, Trial } from '../scenario.ts'

const MOST_EXCHANGES = 20
/** Longer than any exchange takes: who has not answered by then does not answer. */
const QUIET_MS = 5_000
const LONGEST_MS = 120_000
const BOUNCE = 'Your message could not be delivered to this recipient.'

/** Services that answer whatever they are sent: two of ours, a network that bounces, and the channel's own number. */
export const replyLoop: Scenario = {
  bar: 'R20',
  title: 'two services that answer each other, bounces, and our own number',
  needs: needsEngine('embedded'),
  run: answerEachOther,
}

async function answerEachOther(trial: Trial): Promise<Outcome> {
  const [one, other] = [await startService('A'), await startService('B')]
  // Each is a phone of the other.
  connect(one, '+36205550001', other, '+36205550002')
  connect(other, '+36205550002', one, '+36205550001')
  one.smsc.onEvent((event) => {
    if (event.type === 'mt' && event.to === '+36205550003') void one.says(event.to, BOUNCE)
    if (event.type === 'mt' && event.to === '4040') void one.says('4040', event.text)
  })
  try {
    await one.says('+36205550002', 'Good morning to you.')
    await one.says('+36205550003', BOUNCE)
    await one.says('4040', 'Good morning to myself.')
    await quiet(one, other)
    trial.say('nobody says anything any more')
    const exchanges = one.textsTo('+36205550002').length
    const bounces = one.textsTo('+36205550003').length
    const toItself = one.textsTo('4040').length
    const incidents = [...(await incidentsOf(one)), ...(await incidentsOf(other))].length
    // A person at the phone of the other service is answered at once: what counts is what a machine says.
    await one.says('+36205550002', 'It is me, Anna, in person.')
    const isAnswered = (await one.heard('+36205550002', exchanges + 1)).length > exchanges
    await quiet(one, other)
    const violations = [
      ...(exchanges > MOST_EXCHANGES ? [`loop: two services exchanged ${exchanges} texts.`] : []),
      ...(bounces > MOST_EXCHANGES ? [`loop: ${bounces} bounces were answered.`] : []),
      ...(toItself > 0 ? [`loop: ${toItself} texts went to the channel itself.`] : []),
      ...(incidents < 3 ? [`incidents: ${incidents} are listed, of three loops.`] : []),
      ...(isAnswered ? [] : ['recovery: a person at that phone is not answered.']),
    ]
    return { figures: { exchanges, bounces, toItself, incidents }, violations }
  } finally {
    await Promise.all([one.remove(), other.remove()])
  }
}

function startService(name: string): Promise<House> {
  const flow = flowOf(
    {
      start: { type: 'catch-all', data: {}, to: { next: 'sorry' } },
      sorry: {
        type: 'message',
        data: { text: `${name} did not understand that. Please call us.` },
        to: { next: 'end' },
      },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { id: 'sorry' },
  )
  return startHouse({ flows: [flow] })
}

/** What one texts to the number of the other comes there, from its own. */
function connect(from: House, own: string, to: House, number: string): void {
  from.smsc.onEvent((event) => {
    if (event.type === 'mt' && event.to === number) void to.says(own, event.text)
  })
}

/** Until nobody has said anything for a while. */
async function quiet(...houses: readonly House[]): Promise<void> {
  const count = () => houses.reduce((sum, { smsc }) => sum + smsc.mts.length, 0)
  const endsAt = Date.now() + LONGEST_MS
  for (let before = -1; before !== count(); ) {
    if (Date.now() > endsAt) return
    before = count()
    await pause(QUIET_MS)
  }
}

async function incidentsOf({ runtime }: House): Promise<string[]> {
  const response = await runtime.api('/api/v1/dead-letters?limit=200')
  const { items } = (await response.json()) as { items: { reason: string }[] }
  return items.flatMap(({ reason }) => (reason === 'reply-loop' ? [reason] : []))
}
