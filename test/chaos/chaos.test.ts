/** The runner of the scenarios. The scenarios themselves run by `npm run chaos`, and smaller in test/crash and test/e2e. */
import { describe, expect, test } from 'vitest'
import type { LedgerLine } from '../crash/ledger.ts'
import { readOptions } from './options.ts'
import { bars, smokeBars } from './registry.ts'
import { lineOf, totalOf } from './report.ts'
import { longestGapAfterKill, percentile, replyTimes, silencesAfter } from './timings.ts'

const known = { bars: ['R1', 'R2', 'R10'], smoke: ['R2'], anySeed: 3 }

test('every bar from R1 to R29 has a scenario, or a reason why it has none', () => {
  expect(bars.map(({ bar }) => bar)).toEqual([...Array.from({ length: 29 }, (_, index) => `R${index + 1}`), 'FAILOVER'])
})

test('what CI runs at its end has a scenario', () => {
  const shown = bars.flatMap((one) => ('run' in one ? [one.bar] : []))
  expect(shown).toEqual(expect.arrayContaining([...smokeBars]))
})

describe('the command line', () => {
  test.each([
    { args: ['R1'], bars: ['R1'], size: 'full', seed: 3 },
    { args: ['r10', 'R1', '--seed', '7'], bars: ['R1', 'R10'], size: 'full', seed: 7 },
    { args: ['--all', '--quick'], bars: known.bars, size: 'quick', seed: 3 },
    { args: ['--smoke'], bars: ['R2'], size: 'smoke', seed: 3 },
    { args: ['R10', '--smoke'], bars: ['R10'], size: 'smoke', seed: 3 },
    { args: ['--list'], bars: known.bars, size: 'full', seed: 3 },
  ])('$args asks for $bars', ({ args, ...wanted }) => {
    expect(readOptions(args, known)).toMatchObject(wanted)
  })

  test.each([
    { args: ['R3'], says: 'There is no bar R3; there are: R1, R2, R10.' },
    { args: [], says: /^Name one bar or several/ },
    { args: ['R1', '--fast'], says: /--fast/ },
    { args: ['R1', '--seed', 'x'], says: '--seed must be a whole number, not "x".' },
  ])('$args is refused', ({ args, says }) => {
    expect(() => readOptions(args, known)).toThrow(says)
  })
})

describe('a line of the report', () => {
  const of = { bar: 'R1', title: 'kill -9' }
  const oneLine = (text: string) => text.replaceAll(/ {2,}/g, '  ')

  test('tells what was counted where the bar is held', () => {
    const figures = { mos: 2_103, sentAgain: 3, slowestFirstReplyMs: 812 }
    const line = lineOf({ ...of, verdict: 'ok', seed: 7, size: 'quick', seconds: 41.2, figures, violations: [] })
    expect(oneLine(line)).toBe('R1  kill -9  ok  2,103 mos, 3 sent again, slowest first reply 812 ms, 41 s')
  })

  test('tells what was broken, where the ledger is, and how to play it again', () => {
    const violations = ['promise (1): 36301000000: MO "t2" had no answer in time.']
    const line = lineOf({
      ...of,
      ...{ verdict: 'BROKEN', seed: 7, size: 'quick', seconds: 41.2, figures: { mos: 9 }, violations },
      ledger: '/tmp/ledger.jsonl',
    })
    expect(oneLine(line).split('\n  ')).toEqual([
      'R1  kill -9  BROKEN  9 mos, 41 s',
      'promise (1): 36301000000: MO "t2" had no answer in time.',
      'The ledger is kept at /tmp/ledger.jsonl',
      'Replay with npm run chaos -- R1 --seed 7 --quick',
    ])
  })

  test('sums up at the end', () => {
    const ran = { seed: 7, size: 'smoke', seconds: 20.4, figures: {}, violations: [] } as const
    const verdicts = [
      { ...of, ...ran, verdict: 'ok' },
      { ...of, ...ran, verdict: 'BROKEN' },
      { ...of, verdict: 'skipped', reason: 'needs a PostgreSQL server' },
    ] as const
    expect(totalOf(verdicts)).toBe('1 held, 1 broken, 1 skipped, in 41 s')
  })

  test('tells why a bar was skipped', () => {
    expect(oneLine(lineOf({ ...of, verdict: 'skipped', reason: 'needs a PostgreSQL server' }))).toBe(
      'R1  kill -9  skipped: needs a PostgreSQL server',
    )
  })
})

describe('times of a ledger', () => {
  const phone = '36301000000'
  const lines: LedgerLine[] = [
    { at: 0, type: 'mo sent', connection: 1, sequence: 1, phone, text: 't1' },
    { at: 40, type: 'mt received', connection: 1, sequence: 1, phone, text: '1 t1' },
    { at: 50, type: 'kill', how: 'runtime' },
    { at: 60, type: 'start' },
    { at: 70, type: 'mo sent', connection: 2, sequence: 2, phone, text: 't2' },
    { at: 80, type: 'mo sent', connection: 2, sequence: 3, phone, text: 't2' },
    { at: 95, type: 'mt received', connection: 2, sequence: 2, phone, text: '2 t2' },
    { at: 100, type: 'kill', how: 'runtime' },
    { at: 110, type: 'start' },
    { at: 120, type: 'kill', how: 'runtime' },
  ]

  test('a silence lasts from a start to the first MT, unless a kill comes first', () => {
    expect(silencesAfter(lines, 'start')).toEqual([35])
    expect(silencesAfter(lines, 'kill')).toEqual([45])
  })

  test('a gap after a kill is the longest time between two MTs', () => {
    expect(longestGapAfterKill([{ at: 0, type: 'kill', how: 'primary' }, ...lines])).toBe(55)
    expect(longestGapAfterKill(lines.slice(-3))).toBe(0)
  })

  test('a reply takes as long as since its text was first handed over', () => {
    expect(replyTimes(lines)).toEqual([40, 25])
    expect(replyTimes(lines, { sinceMs: 60 })).toEqual([25])
    expect(replyTimes(lines, { wants: () => false })).toEqual([])
  })

  test('a percentile is one of the times, and 0 where there is none', () => {
    expect(percentile([5, 1, 4, 2, 3], 50)).toBe(3)
    expect(percentile([5, 1, 4, 2, 3], 95)).toBe(5)
    expect(percentile([], 95)).toBe(0)
  })
})
