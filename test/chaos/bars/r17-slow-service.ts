import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { flowOf } from '@textloom/engine/testing'
import { engineOf, storageOn, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { besideBystanders } from '../bystanders.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const WAITING = 300
const TIMEOUT_MS = 15_000
const SLEEPS_MS = 30_000

/** A web service that takes half a minute, for many conversations at once. */
export const slowService: Scenario = {
  bar: 'R17',
  title: 'a web service that sleeps for 30 s, under flows that wait for 15',
  needs: needsEngine('embedded'),
  run: askSlowService,
}

async function askSlowService(trial: Trial): Promise<Outcome> {
  /** When the request of each caller came, by its number. */
  const askedAt = new Map<string, number>()
  const service = createServer(({ url = '' }, response) => {
    askedAt.set(/\d+$/.exec(url)?.[0] ?? '', Date.now())
    setTimeout(() => response.end('{}'), SLEEPS_MS).unref()
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  const callers = Array.from({ length: amount(trial, WAITING) }, (_, index) => `3630${5_000_000 + index}`)
  const run = await startCrashRun({
    storage: await storageOn(engineOf('embedded')),
    random: new Choices(trial.seed),
    kinds: [],
    load: loadOf(trial),
    flows: [askingFlow(port)],
    env: { TEXTLOOM_ALLOW_PRIVATE: `127.0.0.1:${port}` },
  })
  try {
    const waits: number[] = []
    const bystanders = await besideBystanders(run, { calmMs: 5_000, factor: 1.5 }, async () => {
      run.smsc.onEvent((event) => {
        if (event.type !== 'mt' || event.text !== 'Too slow.') return
        waits.push(event.at - (askedAt.get(event.to.slice(1)) ?? 0))
      })
      for (const phone of callers) void run.smsc.hears({ from: `+${phone}`, to: '4040', text: 'ask' })
      const everybody = () => waits.length >= callers.length
      await until(everybody, () => `the timeout of ${callers.length} callers; there are ${waits.length}`, 60_000)
    })
    const [shortestWaitMs, longestWaitMs] = [Math.min(...waits), Math.max(...waits)]
    const isInTime = shortestWaitMs >= TIMEOUT_MS - 1_000 && longestWaitMs <= TIMEOUT_MS + 1_000
    return await conclude(run, {
      name: 'R17',
      mayRepeat: false,
      others: new Set(callers),
      figures: { callers: callers.length, shortestWaitMs, longestWaitMs, ...bystanders.figures },
      violations: [
        ...bystanders.violations,
        ...(isInTime ? [] : [`timeout: it came after ${shortestWaitMs} to ${longestWaitMs} ms.`]),
      ],
    })
  } finally {
    await run.stop()
    service.closeAllConnections()
    service.close()
  }
}

function askingFlow(port: number) {
  const data = {
    method: 'GET',
    url: `http://127.0.0.1:${port}/{{ contact.phone }}`,
    map: [],
    timeout: 'PT15S',
    retries: 0,
  }
  return flowOf(
    {
      start: { type: 'keyword', data: { keywords: ['ask'], match: 'only' }, to: { next: 'ask' } },
      ask: { type: 'http', data, to: { success: 'done', failure: 'failed', timeout: 'slow' } },
      done: { type: 'message', data: { text: 'Done.' }, to: { next: 'end' } },
      failed: { type: 'message', data: { text: 'Failed.' }, to: { next: 'end' } },
      slow: { type: 'message', data: { text: 'Too slow.' }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { id: 'asking' },
  )
}
