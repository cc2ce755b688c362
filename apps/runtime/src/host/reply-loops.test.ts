import { describe, expect, test } from 'vitest'
import type { ChannelRoute } from './channel-route.ts'
import type { MoArrived } from './incoming.ts'
import { replyLoops } from './reply-loops.ts'
import { echoFlow } from './testing/flows.ts'
import { hostingOn } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const SAYS = 'Sorry, I did not understand.'
const MINUTE_MS = 60_000

function talkingTo(route: Partial<ChannelRoute> = {}, phone = '+15550001') {
  const loops = replyLoops()
  let now = Date.UTC(2026, 0, 1)
  let count = 0
  const hear = (text: string, afterMs = 1_000, messageId = `mo ${++count}`) => {
    now += afterMs
    const mo = { kind: 'mo', channel: '4040', phone, messageId, text, receivedAt: now } as MoArrived
    return loops.judge(mo, { address: '4040', ...route } as ChannelRoute)
  }
  return { hear, verdicts: (texts: readonly string[], afterMs?: number) => texts.map((text) => hear(text, afterMs)) }
}

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, i) => text(i))
/** How many are answered before the first that is not. */
const answered = (verdicts: readonly string[]) => [...verdicts, 'found'].findIndex((verdict) => verdict !== 'fine')

describe('a phone is taken for a machine', () => {
  test.each([
    { who: 'that says the same', texts: times(40, () => SAYS), after: 16 },
    { who: 'that says four things in turn', texts: times(40, (i) => `This is my text ${i % 4}.`), after: 19 },
    { who: 'that says the same among other texts', texts: times(80, (i) => (i % 2 ? SAYS : `news: ${i}`)), after: 33 },
    { who: 'whose texts are never the same', texts: times(80, (i) => `This is my text ${i}.`), after: 80 },
    { who: 'that answers by short words', texts: times(80, (i) => (i % 2 ? 'yes' : '1')), after: 80 },
  ])('$who after $after texts', ({ texts, after }) => {
    expect(answered(talkingTo().verdicts(texts))).toBe(after)
  })

  test('after as many as its channel says, or never', () => {
    expect(answered(talkingTo({ repeats: 2 }).verdicts(times(40, () => SAYS)))).toBe(3)
    expect(answered(talkingTo({ repeats: 0 }).verdicts(times(40, () => SAYS)))).toBe(40)
    const fast = times(40, (i) => `${i}`)
    expect(answered(talkingTo({ textsPerMinute: 20 }).verdicts(fast))).toBe(20)
    expect(answered(talkingTo({ textsPerMinute: 20 }).verdicts(fast, 4_000))).toBe(40)
  })

  test('at once where it is the channel itself', () => {
    expect(talkingTo({}, '4040').hear('1')).toBe('found')
  })

  test('not by texts that are half an hour apart', () => {
    expect(
      answered(
        talkingTo().verdicts(
          times(40, () => SAYS),
          3 * MINUTE_MS,
        ),
      ),
    ).toBe(40)
  })
})

describe('a machine that was found', () => {
  test('is told of once, and the same text is judged the same again', () => {
    const { hear, verdicts } = talkingTo({ repeats: 1 })
    expect(verdicts([SAYS, SAYS])).toEqual(['fine', 'fine'])
    expect([hear(SAYS, 1_000, 'third'), hear(SAYS, 0, 'third'), hear(SAYS)]).toEqual(['found', 'found', 'known'])
    expect(hear(SAYS, 1_000, 'retry:third')).toBe('fine')
    expect(hear('Is anybody there?')).toBe('fine')
  })

  test('is answered again after half an hour without a word', () => {
    const { verdicts, hear } = talkingTo({ repeats: 1 })
    expect(verdicts(times(4, () => SAYS))).toEqual(['fine', 'fine', 'found', 'known'])
    expect(hear(SAYS, 31 * MINUTE_MS)).toBe('fine')
  })
})

const database = withDatabase()

test('whoever runs the instance finds a dead letter and a count; STOP still works', async () => {
  const kit = await hostingOn(database().sql, { flows: [echoFlow()], channel: { config: { repeats: 2 } } })
  const machine = '+15550007'
  for (let count = 0; count < 6; count++) await kit.says(machine, SAYS)
  await kit.says(machine, 'STOP')
  expect(await kit.heard(machine, 4)).toEqual([
    ...times(3, (i) => `${i + 1} ${SAYS}`),
    expect.stringMatching(/STOP|no more/i),
  ])
  const outcomes = await kit.sql.query<{ outcome: string }>(
    `select outcome from inbox where kind = 'mo' and phone = $1 order by id`,
    [machine],
  )
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    ...times(3, () => 'transition'),
    'dead-letter:reply-loop',
    'ignored:reply-loop',
    'ignored:reply-loop',
    'keyword:stop',
  ])
  expect(await kit.metrics.getSingleMetricAsString('textloom_reply_loops_total')).toContain('{channel="4040"} 1')
  await kit.stop()
})
