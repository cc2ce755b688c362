import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { countingFlow, type House, startHouse, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 300
/** Each message fails the first time, in one of these ways. */
const troubles = ['500', '429', 'reset', 'endless', 'redirect'] as const
type Trouble = (typeof troubles)[number]

/** The second try is after 5 s; what is in flight when the runtime dies is tried again at the next start. */
const TOLD_WITHIN_MS = 90_000
/** Of an endless answer: what may leave before it is broken off, the buffers of both ends with it. */
const MOST_READ = 16_000_000

/**
 * Another system that fails in every way before it is well again, and a kill -9 in between: it is told of everything,
 * each under one id. That tries go on for three days is shown on a moved clock (host/webhooks).
 */
export const failingWebhook: Scenario = {
  bar: 'R18',
  title: 'a webhook that fails in every way before it is well again',
  needs: needsEngine('embedded'),
  run: tellFailing,
}

async function tellFailing(trial: Trial): Promise<Outcome> {
  const receiver = await startReceiver(new Choices(trial.seed))
  const house = await startHouse({
    flows: [countingFlow],
    env: { TEXTLOOM_ALLOW_PRIVATE: `127.0.0.1:${receiver.port}` },
  })
  const phones = Array.from({ length: amount(trial, PHONES) }, (_, index) => `+3630${6_000_000 + index}`)
  try {
    const hook = await subscribe(house, `http://127.0.0.1:${receiver.port}/hook`)
    const gone = await subscribe(house, `http://127.0.0.1:${receiver.port}/gone`)
    await Promise.all(phones.map((phone) => house.says(phone, 'hello')))
    // One that dies on its way to its first failure has lost its early try: the next but one is five minutes later.
    await until(() => receiver.failed.size >= phones.length, 'tries that fail', 60_000)
    await house.runtime.kill()
    await house.startAgain()
    const everybody = () => new Set([...receiver.told.values()].flat()).size >= phones.length
    await until(everybody, () => `${phones.length} messages; told are ${receiver.told.size}`, TOLD_WITHIN_MS)
    trial.say('everything is told')

    const [id = ''] = receiver.told.keys()
    const before = receiver.told.get(id)?.length ?? 0
    const replayed = await house.runtime.api(`/api/v1/webhooks/${hook}/deliveries/${id}/replay`, { method: 'POST' })
    const isAgain = () => (receiver.told.get(id)?.length ?? 0) > before
    await until(isAgain, () => `the replay, which was answered ${replayed.status}`, 30_000)
    const state = async () => (await (await house.runtime.api(`/api/v1/webhooks/${gone}`)).json()) as Hook
    await until(async () => !(await state()).enabled, 'the webhook that answered 410 to be disabled', 60_000)

    const ids = Map.groupBy(
      [...receiver.told].map(([one, texts]) => ({ one, text: texts[0] ?? '' })),
      ({ text }) => text,
    )
    const renamed = [...ids.values()].filter((same) => same.length > 1).length
    const kinds = new Set(receiver.failed.values()).size
    const { followed, mostSent, open } = receiver.seen
    const violations = [
      ...(renamed > 0 ? [`ids: ${renamed} messages came under more than one.`] : []),
      ...(followed > 0 ? [`redirects: ${followed} were followed.`] : []),
      ...(mostSent > MOST_READ ? [`endless: ${mostSent} octets of an answer were read.`] : []),
      ...(open > 0 ? [`endless: ${open} answers are still being read.`] : []),
      ...(kinds < troubles.length ? [`troubles: only ${kinds} of ${troubles.length} kinds happened.`] : []),
    ]
    return { figures: { messages: phones.length, attempts: receiver.seen.attempts, mostSent }, violations }
  } finally {
    await house.remove()
    receiver.stop()
  }
}

/** As the API lists it. */
interface Hook {
  readonly id: string
  readonly enabled: boolean
}

async function subscribe({ runtime }: House, url: string): Promise<string> {
  const response = await runtime.api('/api/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, events: ['message.received'] }),
  })
  if (response.status !== 201) throw new Error(`The webhook was answered ${response.status} ${await response.text()}`)
  return ((await response.json()) as Hook).id
}

/** Fails each message once, and takes it then. */
async function startReceiver(random: Choices) {
  const failed = new Map<string, Trouble>()
  /** By `webhook-id`: the message of each time that it was taken. */
  const told = new Map<string, string[]>()
  const seen = { attempts: 0, followed: 0, mostSent: 0, open: 0 }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()))
  })

  function answer({ url, headers }: IncomingMessage, response: ServerResponse, body: string): void {
    seen.attempts += 1
    if (url === '/elsewhere') seen.followed += 1
    if (url === '/gone') return void response.writeHead(410).end()
    const id = String(headers['webhook-id'])
    if (failed.has(id)) {
      const { data } = JSON.parse(body) as { data: { message: string } }
      told.set(id, [...(told.get(id) ?? []), data.message])
      return void response.writeHead(204).end()
    }
    const trouble = random.pick(troubles)
    failed.set(id, trouble)
    fail(response, trouble)
  }

  function fail(response: ServerResponse, trouble: Trouble): void {
    if (trouble === '500') response.writeHead(500).end('Something broke.')
    else if (trouble === '429') response.writeHead(429, { 'retry-after': '6' }).end()
    else if (trouble === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
    else if (trouble === 'reset') {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => response.destroy())
    } else talkOn(response)
  }

  function talkOn(response: ServerResponse): void {
    seen.open += 1
    let sent = 0
    const more = () => {
      if (response.destroyed) return
      sent += 65_536
      seen.mostSent = Math.max(seen.mostSent, sent)
      if (response.write(Buffer.alloc(65_536, 120))) setImmediate(more)
    }
    response.writeHead(500)
    response.on('drain', more)
    response.on('error', () => undefined)
    response.on('close', () => {
      seen.open -= 1
    })
    more()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    failed,
    told,
    seen,
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
