import { Buffer } from 'node:buffer'
import { setTimeout as pause } from 'node:timers/promises'
import { countingFlow, type House, startHouse, until } from '@textloom/runtime/testing/system'
import { PretendSmsc } from '@textloom/transports/pretend-smsc'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

/** What a network says that will never take a message, and what it says that may take it later. */
const FOR_GOOD = ['ESME_RINVSRCADR', 'ESME_RINVDSTADR', 'ESME_RX_R_APPN'] as const
const FOR_NOW = ['ESME_RSYSERR', 'ESME_RMSGQFUL', 'ESME_RTHROTTLED'] as const
/** How ids are spelled in answers and in receipts. */
const SPELLINGS = ['decimal', 'hex', 'hex-to-decimal', 'decimal-to-hex', 'padded', 'uuid'] as const
const SMPP = { kind: 'smpp', host: '127.0.0.1', systemId: 'tl', password: 'secret' } as const
const TEXTS = 1_000
const LEAST_MATCHED_PERCENT = 99.9

/** Statuses of every kind, answers that belong to nothing, ids in other spellings, receipts that come too early. */
export const oddAnswers: Scenario = {
  bar: 'R10',
  title: 'odd answers of an SMSC: statuses, ids and receipts',
  needs: needsEngine('embedded'),
  async run(trial) {
    const statuses = await answerStatuses(trial)
    const spellings = await spellIds(trial)
    return {
      figures: { ...statuses.figures, ...spellings.figures },
      violations: [...statuses.violations, ...spellings.violations],
    }
  },
}

async function answerStatuses(trial: Trial): Promise<Outcome> {
  const house = await startHouse({ flows: [countingFlow] })
  const violations: string[] = []
  let number = 0
  const phone = () => `+3630${3_500_000 + ++number}`
  const check = (isSo: boolean, sentence: string) => isSo || violations.push(sentence)
  try {
    for (const status of FOR_GOOD) {
      house.smsc.fault({ submit: 'refuse', status })
      const message = await settled(house, await send(house, phone(), status))
      check(message.status === 'failed', `${status}: the message is ${message.status}.`)
      check(message.attempt === 1, `${status}: there were ${message.attempt} attempts.`)
    }
    for (const status of FOR_NOW) {
      house.smsc.fault({ submit: 'refuse', status, times: 2 })
      const message = await settled(house, await send(house, phone(), status))
      check(message.status === 'delivered', `${status}: the message is ${message.status}.`)
      check(message.attempt === 3, `${status}: there were ${message.attempt} attempts.`)
    }
    trial.say('statuses done')

    house.smsc.permit(0)
    const expiring = await settled(house, await send(house, phone(), 'never', { validity: 'PT8S' }))
    check(expiring.status === 'expired', `validity: a message that nobody took is ${expiring.status}.`)
    check(expiring.attempt > 1, `validity: it was tried ${expiring.attempt} times.`)
    house.smsc.permit(undefined)

    house.smsc.fault({ submit: 'no-id' })
    const nameless = await send(house, phone(), 'no id')
    await until(async () => (await messageOf(house, nameless)).status === 'sent', 'a message without an id to be sent')

    house.smsc.fault({ submit: 'dlr-first', ms: 200 })
    const early = await settled(house, await send(house, phone(), 'early'))
    check(early.status === 'delivered', `receipt before its answer: the message is ${early.status}.`)

    for (const octets of [answerToNothing(), receiptOfNothing()]) house.smsc.fault({ octets: octets.toString('hex') })
    house.smsc.fault({ submit: 'garbage' })
    const after = await settled(house, await send(house, phone(), 'after garbage'), 60_000)
    check(after.status === 'delivered', `after garbage: the message is ${after.status}.`)
    check(house.instance.starts.length === 1, 'process: it was started more than once.')
    check(await isRunning(house), 'process: it does not answer any more.')
    return { figures: { statuses: FOR_GOOD.length + FOR_NOW.length }, violations }
  } finally {
    await house.remove()
  }
}

/** One runtime, and an SMSC for each spelling. */
async function spellIds(trial: Trial): Promise<Outcome> {
  const texts = amount(trial, TEXTS)
  const smscs = await Promise.all(
    SPELLINGS.map(async (ids) => ({ ids, smsc: await new PretendSmsc({ ids, dlr: { afterMs: 20 } }).start() })),
  )
  const links = smscs.map(({ ids, smsc }) => ({ ...SMPP, id: ids, port: smsc.port }))
  const channels = SPELLINGS.map((ids, index) => ({ id: ids, address: `${5_000 + index}`, link: ids }))
  const house = await startHouse({ flows: [countingFlow], more: { links, channels } })
  try {
    const phones = Array.from({ length: texts }, (_, index) => `+3630${3_600_000 + index}`)
    for (const [index, { smsc }] of smscs.entries()) {
      for (const from of phones) void smsc.hears({ from, to: `${5_000 + index}`, text: 'hello' })
    }
    const delivered = () => messagesThatAre(house, 'delivered')
    const all = texts * SPELLINGS.length
    const isDone = async () => (await delivered()).length >= all
    await until(isDone, 'receipts', 120_000).catch(() => undefined)
    const byChannel = Map.groupBy(await delivered(), ({ channel }) => channel)
    const percents = SPELLINGS.map((ids) => ({ ids, percent: (100 * (byChannel.get(ids)?.length ?? 0)) / texts }))
    const violations = percents
      .filter(({ percent }) => percent < LEAST_MATCHED_PERCENT)
      .map(({ ids, percent }) => `${ids}: ${percent} % of the receipts were matched.`)
    const leastMatchedPercent = Math.min(...percents.map(({ percent }) => percent))
    return { figures: { receipts: all, leastMatchedPercent }, violations }
  } finally {
    await house.remove()
    await Promise.all(smscs.map(({ smsc }) => smsc.stop()))
  }
}

async function send({ runtime }: House, to: string, text: string, more: object = {}): Promise<string> {
  const response = await runtime.api('/api/v1/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: '4040', to, text, ...more }),
  })
  if (response.status !== 202) throw new Error(`POST /api/v1/messages: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

interface Shown {
  readonly status: string
  readonly attempt: number
}

async function messageOf({ runtime }: House, id: string): Promise<Shown> {
  return (await (await runtime.api(`/api/v1/messages/${id}`)).json()) as Shown
}

/** The message once nothing more becomes of it. */
async function settled(house: House, id: string, withinMs = 40_000): Promise<Shown> {
  const isOver = async () => {
    const message = await messageOf(house, id)
    return ['delivered', 'failed', 'expired', 'unknown'].includes(message.status) && message
  }
  return until(isOver, `the end of message ${id}`, withinMs)
}

async function messagesThatAre({ runtime }: House, status: string): Promise<{ readonly channel: string }[]> {
  const messages: { readonly channel: string }[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/api/v1/messages?direction=mt&status=${status}&limit=200${cursor && `&cursor=${cursor}`}`
    const response = await runtime.api(path)
    const page = (await response.json()) as { items: { readonly channel: string }[]; nextCursor: string | null }
    messages.push(...page.items)
    cursor = page.nextCursor
  }
  return messages
}

async function isRunning({ runtime }: House): Promise<boolean> {
  await pause(500)
  return (await runtime.api('/healthz')).ok
}

/** submit_sm_resp (SMPP 3.4 §4.4.2) under a number that no request had. */
function answerToNothing(): Buffer {
  return pdu(0x8000_0004, Buffer.from('no-such-message\0', 'latin1'))
}

/** deliver_sm (§4.6.1) with the receipt of a message that nobody sent. */
function receiptOfNothing(): Buffer {
  const text = 'id:0000000000 sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:DELIVRD err:000 text:'
  const source = Buffer.concat([Buffer.from([0, 1, 1]), Buffer.from('36301234567\0', 'latin1')])
  const destination = Buffer.concat([Buffer.from([0, 1]), Buffer.from('4040\0', 'latin1')])
  const middle = Buffer.from([0x04, 0, 0, 0, 0, 0, 0, 0, 0, text.length])
  return pdu(0x0000_0005, Buffer.concat([source, destination, middle, Buffer.from(text, 'latin1')]))
}

function pdu(command: number, body: Buffer): Buffer {
  const header = Buffer.alloc(16)
  header.writeUInt32BE(16 + body.length, 0)
  header.writeUInt32BE(command, 4)
  header.writeUInt32BE(0x7fff_fff0, 12)
  return Buffer.concat([header, body])
}
