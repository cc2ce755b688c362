import { flowOf } from '@textloom/engine/testing'
import { engineOf, type RunningRuntime, storageOn, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { type CrashRun, startCrashRun } from '../../crash/crash-run.ts'
import { besideBystanders } from '../bystanders.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 200
const FAILED_WITHIN_MS = 1_000

const start = (word: string) => ({ type: 'keyword', data: { keywords: [word], match: 'only' }, to: { next: 'work' } })
const end = { type: 'end', data: { outcome: 'completed' } }

/** A text that would be written a billion times. */
const endless = flowOf(
  {
    start: start('endless'),
    work: { type: 'message', data: { text: '{% for i in (1..1000000000) %}again {% endfor %}' }, to: { next: 'end' } },
    end,
  },
  { id: 'endless' },
)

/** A variable that doubles a hundred times. */
const swelling = flowOf(
  {
    start: start('swell'),
    work: { type: 'set', data: { variable: 'all', value: '{{ vars.all }}{{ vars.all }}more' }, to: { next: 'again' } },
    again: { type: 'go-to', data: { times: 100 }, to: { next: 'work', limit: 'end' } },
    end,
  },
  { id: 'swelling', variables: [{ name: 'all', type: 'text' }] },
)

/** A circle without a wait in it. */
const circle = flowOf(
  {
    start: start('circle'),
    work: { type: 'set', data: { variable: 'all', value: 'x' }, to: { next: 'more' } },
    more: { type: 'set', data: { variable: 'all', value: 'y' }, to: { next: 'work' } },
  },
  { id: 'circle', variables: [{ name: 'all', type: 'text' }] },
)

/** Flows that would never end, or never stop growing: they fail by themselves, and nobody else notices. */
export const runaway: Scenario = {
  bar: 'R19',
  title: 'flows that run away',
  needs: needsEngine('embedded'),
  run: letFlowsRunAway,
}

async function letFlowsRunAway(trial: Trial): Promise<Outcome> {
  const run = await startCrashRun({
    storage: await storageOn(engineOf('embedded')),
    random: new Choices(trial.seed),
    kinds: [],
    load: loadOf(trial),
    flows: [endless, swelling],
  })
  const callers = Array.from({ length: amount(trial, PHONES) }, (_, index) => `3630${6_000_000 + index}`)
  try {
    const [runtime] = run.runtimes
    if (runtime === undefined) throw new Error('Nothing runs.')
    const violations = [...(await publishCircle(runtime))]
    let failures: Failure[] = []
    const bystanders = await besideBystanders(run, { calmMs: 5_000, factor: 1.5 }, async () => {
      for (const word of ['endless', 'swell']) await everybodySays(run, callers, word)
      const everybody = async () => {
        failures = await failuresOf(runtime, callers)
        return failures.length === 2 * callers.length
      }
      await until(everybody, () => `the failure of ${2 * callers.length} runs; there are ${failures.length}`, 60_000)
    })
    const slowestFailureMs = Math.max(...failures.map(({ tookMs }) => tookMs))
    if (slowestFailureMs > FAILED_WITHIN_MS) violations.push(`slow: a run failed only after ${slowestFailureMs} ms.`)
    const unnamed = failures.filter(({ node }) => node === undefined).length
    if (unnamed > 0) violations.push(`failure: ${unnamed} do not name their node.`)
    return await conclude(run, {
      name: 'R19',
      mayRepeat: false,
      others: new Set(callers),
      figures: { failedRuns: failures.length, slowestFailureMs, ...bystanders.figures },
      violations: [...violations, ...bystanders.violations],
    })
  } finally {
    await run.stop()
  }
}

async function everybodySays({ smsc }: CrashRun, phones: readonly string[], text: string): Promise<void> {
  await Promise.all(phones.map((phone) => smsc.hears({ from: `+${phone}`, to: '4040', text })))
}

/** It may stand in a draft, and is not published. */
async function publishCircle(runtime: RunningRuntime): Promise<string[]> {
  const ask = (path: string, body: object) =>
    runtime.api(`/api/v1/flows${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const draft = await ask('', circle)
  const published = await ask('/circle/publish', { channels: ['4040'] })
  if (draft.status === 201 && published.status === 422) return []
  return [`circle: a flow that never waits was answered ${draft.status}, and ${published.status} when published.`]
}

interface Failure {
  readonly node: string | undefined
  readonly tookMs: number
}

async function failuresOf(runtime: RunningRuntime, phones: readonly string[]): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const phone of phones) {
    const response = await runtime.api(`/api/v1/sessions?phone=%2B${phone}&limit=10`)
    const { items } = (await response.json()) as { items: SessionItem[] }
    for (const { failure, startedAt, endedAt } of items) {
      if (failure == null || endedAt === null) continue
      failures.push({ node: failure.node, tookMs: Date.parse(endedAt) - Date.parse(startedAt) })
    }
  }
  return failures
}

/** As the API lists it. */
interface SessionItem {
  readonly startedAt: string
  readonly endedAt: string | null
  readonly failure?: { readonly node?: string } | null
}
