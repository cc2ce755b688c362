/**
 * How long a text waits for its reply while the runtime does 70 % of what it can and a campaign runs: texts outside any
 * session that somebody sends by the API. From the moment at which the text is written to the MT on the wire, with receipts.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { RunningRuntime } from '@textloom/runtime/testing/system'
import { median, quantile } from './alternate.ts'
import { closedLoop } from './closed-loop.ts'
import { openLoop } from './open-loop.ts'
import { type Bench, thisMachine } from './result.ts'
import { startRuntimeSide, WINDOW } from './runtime-side.ts'

const LOAD = 0.7
const TURNS = 3
const CAMPAIGN_PER_SECOND = 100
const CAMPAIGN_PRIORITY = 7
const CAMPAIGN_REQUESTS_AT_ONCE = 8
const TALKERS = 5_000
const ALLOWED_MS = { p50: 50, p95: 250, p99: 1_000 } as const

export const run: Bench = async ({ seconds }) => {
  const side = await startRuntimeSide({ smsc: { dlr: {} } })
  const campaign = startCampaign(side.runtime)
  try {
    const capacities: number[] = []
    for (let turn = 0; turn <= TURNS; turn++) {
      const { perSecond } = await closedLoop(side.smsc, { phones: WINDOW, seconds, to: '4040' })
      if (turn > 0) capacities.push(perSecond)
    }
    const capacity = median(capacities)
    const perSecond = LOAD * capacity
    let written = 0
    const latencies = await openLoop(side.smsc, {
      perSecond,
      seconds: 3 * seconds,
      to: '4040',
      phone: () => `+3620${1_000_000 + (written++ % TALKERS)}`,
    })
    const sent = await campaign.stop()
    const shares = { p50: 0.5, p95: 0.95, p99: 0.99 } as const
    const names = Object.keys(shares) as (keyof typeof shares)[]
    return {
      name: 'reply-latency',
      figures: {
        capacityPerSecond: capacity,
        mosPerSecond: perSecond,
        campaignPerSecond: sent,
        ...Object.fromEntries(names.map((name) => [`${name}Ms`, quantile(latencies, shares[name])])),
      },
      ratios: Object.fromEntries(
        names.map((name) => [
          `${name}ToAllowed`,
          { value: quantile(latencies, shares[name]) / ALLOWED_MS[name], atMost: 1 },
        ]),
      ),
      machine: thisMachine(),
    }
  } finally {
    await campaign.stop()
    await side.stop()
  }
}

/** Sends texts to ever new phones at a steady rate; `stop` says how many a second were taken. */
function startCampaign({ api }: RunningRuntime): { stop(): Promise<number> } {
  const startedAtMs = performance.now()
  let isOver = false
  let sent = 0
  const send = async () => {
    while (!isOver) {
      const index = sent++
      const atMs = startedAtMs + (index / CAMPAIGN_PER_SECOND) * 1_000
      while (!isOver && performance.now() < atMs) await pause(Math.max(1, Math.min(100, atMs - performance.now())))
      if (isOver) return
      const text = 'Spring is here, and so are our new opening hours.'
      const body = { channel: '4040', to: `+3670${1_000_000 + index}`, text, priority: CAMPAIGN_PRIORITY }
      const headers = { 'content-type': 'application/json' }
      const answer = await api('/api/v1/messages', { method: 'POST', headers, body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`POST /api/v1/messages: ${answer.status} ${await answer.text()}`)
      await answer.text()
    }
  }
  const sending = Promise.all(Array.from({ length: CAMPAIGN_REQUESTS_AT_ONCE }, send))
  sending.catch(() => undefined) // told when it is stopped
  return {
    async stop() {
      isOver = true
      await sending
      return sent / ((performance.now() - startedAtMs) / 1_000)
    },
  }
}
