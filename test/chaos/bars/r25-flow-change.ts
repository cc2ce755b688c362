import type { FlowDocument } from '@textloom/core'
import { flowOf } from '@textloom/engine/testing'
import { countingFlow, type House, startHouse, until } from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import { flowsBy } from '../flows-by-api.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const SESSIONS = 10_000

/** Asks, and repeats what was answered. */
const first = flowOf(
  {
    start: { type: 'keyword', data: { keywords: ['go'], match: 'only' }, to: { next: 'question' } },
    question: {
      type: 'ask',
      data: { text: 'First?', kind: 'text', variable: 'answer', retries: 0 },
      to: { next: 'done' },
    },
    done: { type: 'message', data: { text: 'First: {{ vars.answer }}' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { id: 'changing', variables: [{ name: 'answer', type: 'text' }] },
)

/** The question has another name, the variable another type, and the message is gone. */
const second = flowOf(
  {
    start: { type: 'keyword', data: { keywords: ['go'], match: 'only' }, to: { next: 'asking' } },
    asking: {
      type: 'ask',
      data: { text: 'Second?', kind: 'number', variable: 'answer', retries: 0 },
      to: { next: 'plus', other: 'plus' },
    },
    plus: { type: 'set', data: { variable: 'answer', value: '{{ vars.answer | plus: 1 }}' }, to: { next: 'said' } },
    said: { type: 'message', data: { text: 'Second: {{ vars.answer }}' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { id: 'changing', variables: [{ name: 'answer', type: 'number', default: 0 }] },
)

/** Publishes while sessions wait: each ends in what it began with, over a kill -9 and the way back, too. */
export const flowChange: Scenario = {
  bar: 'R25',
  title: 'a flow that changes under 10,000 sessions, and back',
  needs: needsEngine('embedded'),
  run: changeFlow,
}

async function changeFlow(trial: Trial): Promise<Outcome> {
  const house = await startHouse({ flows: [countingFlow] })
  const count = amount(trial, SESSIONS)
  const group = (from: number) => Array.from({ length: count }, (_, index) => `+3630${from + index}`)
  const [before, between, after] = [group(1_100_000), group(1_200_000), group(1_300_000)]
  const flows = flowsBy(() => house.runtime)
  try {
    await flows.create(first)
    const one = await flows.publish(first.id)
    await everybody(house, before, 'go', 'First?')
    trial.say('everybody waits in the first')

    await flows.change(second)
    const two = await flows.publish(first.id)
    await everybody(house, between, 'go', 'Second?')
    await house.runtime.kill()
    await house.startAgain()
    await everybody(house, before.slice(0, count / 2), '7', 'First: 7')
    trial.say('half of them ended in it, after the second was published')

    await flows.restore(first.id, one)
    const back = await flows.publish(first.id)
    await everybody(house, after, 'go', 'First?')
    await everybody(house, [...before.slice(count / 2), ...after], '7', 'First: 7')
    await everybody(house, between, '7', 'Second: 8')

    const ended = await endsOf(house, first.id)
    const violations: string[] = []
    const wanted = [`${count} completed in ${two}`, ...(back === one ? [`${2 * count} completed in ${one}`] : [])]
    if (back !== one) wanted.push(`${count} completed in ${one}`, `${count} completed in ${back}`)
    if (ended.join() !== wanted.toSorted().join()) {
      violations.push(`sessions: ${ended.join(', ')} instead of ${wanted.join(', ')}.`)
    }
    return { figures: { sessions: 3 * count, revisions: new Set([one, two, back]).size }, violations }
  } finally {
    await house.remove()
  }
}

async function everybody(house: House, phones: readonly string[], says: string, hears: string): Promise<void> {
  const waiting = new Set(phones)
  const stop = house.smsc.onEvent((event) => {
    if (event.type === 'mt' && event.text === hears) waiting.delete(event.to)
  })
  for (const phone of phones) void house.says(phone, says)
  await until(
    () => waiting.size === 0,
    () => `"${hears}" for ${waiting.size} of ${phones.length} phones`,
    180_000,
  )
  stop()
}

/** How the sessions of a flow ended, as the API lists them: outcome and revision. */
async function endsOf({ runtime }: House, flow: FlowDocument['id']): Promise<string[]> {
  const ends: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/api/v1/sessions?flow=${flow}&limit=200${cursor && `&cursor=${cursor}`}`
    const page = (await (await runtime.api(path)).json()) as {
      items: { outcome: string | null; state: string; revision: number }[]
      nextCursor: string | null
    }
    ends.push(...page.items.map(({ outcome, state, revision }) => `${outcome ?? state} in ${revision}`))
    cursor = page.nextCursor
  }
  return [...Map.groupBy(ends, (end) => end)].map(([end, its]) => `${its.length} ${end}`).toSorted()
}
