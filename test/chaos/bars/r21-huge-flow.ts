import { type FlowDocument, maxFlowOctets } from '@textloom/core'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { countingFlow, type House, startHouse, until } from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import { flowsBy } from '../flows-by-api.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'
import { percentile } from '../timings.ts'

const NODES = 5_000
const LANGUAGES = ['en', ...'bg cs da de el es et fi fr hr hu it lt lv nl pl pt ro sk'.split(' ')]
const SAVED_WITHIN_MS = 5_000
const STEP_WITHIN_MS = 50
const STEPS = 200

/** As large as flows may be: what it costs to publish, and to take one step in. */
export const hugeFlow: Scenario = {
  bar: 'R21',
  title: 'a flow of 5,000 nodes in 20 languages, and one that is too large',
  needs: needsEngine('embedded'),
  run: publishHugeFlow,
}

async function publishHugeFlow(trial: Trial): Promise<Outcome> {
  const house = await startHouse({ flows: [countingFlow] })
  const flows = flowsBy(() => house.runtime)
  const huge = hugeDocument(1)
  const megabytes = JSON.stringify(huge, null, 2).length / 1_000_000
  const violations: string[] = []
  try {
    const save = await timed(house, () => flows.create(huge))
    trial.say(`${megabytes} MB are saved`)
    const publish = await timed(house, () => flows.publish(huge.id))
    for (const [what, { cpuMs }] of [
      ['saving', save],
      ['publishing', publish],
    ] as const) {
      if (cpuMs > SAVED_WITHIN_MS) violations.push(`slow: ${what} took ${cpuMs} ms of CPU.`)
    }
    // The first one compiles it.
    const compileMs = await stepOf(house, '+36301400000')
    const times: number[] = []
    const steps = amount(trial, STEPS)
    const stepping = await timed(house, async () => {
      for (let index = 1; index <= steps; index++) times.push(await stepOf(house, `+3630${1_400_000 + index}`))
    })
    const stepMs = percentile(times, 50)
    const stepCpuMs = Math.round(stepping.cpuMs / steps)
    if (stepCpuMs > STEP_WITHIN_MS) violations.push(`slow: the first step took ${stepCpuMs} ms of CPU.`)

    const refusal = await house.runtime.api('/api/v1/flows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...hugeDocument(60), id: 'larger' }),
    })
    const said = await refusal.text()
    const limit = `${maxFlowOctets / 1_000_000}`
    if (![413, 422].includes(refusal.status) || !said.includes(limit)) {
      violations.push(`too large: it was answered ${refusal.status} ${said.slice(0, 200)}`)
    }
    const [saveMs, publishMs] = [save.ms, publish.ms]
    const cpu = { saveCpuMs: save.cpuMs, publishCpuMs: publish.cpuMs, stepCpuMs }
    return { figures: { megabytes, saveMs, publishMs, compileMs, stepMs, ...cpu }, violations }
  } finally {
    await house.remove()
  }
}

/** A question after the other, each in all languages. */
function hugeDocument(lettersOfText: number): FlowDocument {
  const textOf = (language: string, index: number) => `${language} ${index} ${'x'.repeat(lettersOfText)}`
  const nodes: Record<string, NodeSketch> = {
    start: { type: 'keyword', data: { keywords: ['huge'], match: 'only' }, to: { next: 'q0' } },
  }
  for (let index = 0; index < NODES - 2; index++) {
    const data = { text: textOf('en', index), kind: 'text', variable: 'answer', retries: 0 }
    nodes[`q${index}`] = { type: 'ask', data, to: { next: index === NODES - 3 ? 'end' : `q${index + 1}` } }
  }
  nodes.end = { type: 'end', data: { outcome: 'completed' } }
  const [base = 'en', ...others] = LANGUAGES
  const ids = Object.keys(nodes).filter((id) => id.startsWith('q'))
  return flowOf(nodes, {
    id: 'huge',
    languages: { base, others },
    variables: [{ name: 'answer', type: 'text' }],
    translations: Object.fromEntries(
      others.map((language) => [
        language,
        Object.fromEntries(ids.map((id, index) => [`${id}.text`, textOf(language, index)])),
      ]),
    ),
  })
}

/** From a text to its answer, in milliseconds. */
async function stepOf(house: House, phone: string): Promise<number> {
  const startedAtMs = performance.now()
  void house.says(phone, 'huge')
  await until(() => house.textsTo(phone).length > 0, 'the first question', 60_000)
  return Math.round(performance.now() - startedAtMs)
}

/**
 * How long it took, and how much CPU the runtime had for it: on a machine by itself no less than that, and on one that
 * others use all that can be said of the runtime.
 */
async function timed(house: House, work: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number }> {
  const [cpuBefore, startedAtMs] = [await cpuMsOf(house), performance.now()]
  await work()
  const ms = Math.round(performance.now() - startedAtMs)
  return { ms, cpuMs: Math.round((await cpuMsOf(house)) - cpuBefore) }
}

async function cpuMsOf({ runtime }: House): Promise<number> {
  const metrics = await (await runtime.api('/metrics')).text()
  const [, seconds] = /^process_cpu_seconds_total (\S+)/m.exec(metrics) ?? []
  if (seconds === undefined) throw new Error(`The runtime does not say how much CPU it had: ${metrics.slice(0, 200)}`)
  return 1_000 * Number(seconds)
}
