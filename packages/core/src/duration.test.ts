import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationSchema, formatDuration, maxDurationMs, parseDuration, parseTypedDuration } from './duration.ts'

describe('an ISO 8601 duration', () => {
  test.each([
    ['PT0S', 0],
    ['PT90S', 90_000],
    ['PT0.5S', 500],
    ['PT1,25S', 1_250],
    ['PT30M', 1_800_000],
    ['PT2H', 7_200_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['P1W1D', 691_200_000],
    ['P1DT2H', 93_600_000],
    ['P0.5D', 43_200_000],
    ['P36525D', maxDurationMs],
  ])('%s is %i ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs)
  })

  test.each([
    ['P1M', '"P1M" has months, whose length varies: write days, as in P30D (minutes come after a T: PT30M).'],
    ['P1Y', '"P1Y" has years, whose length varies: write days, as in P365D.'],
    ['P1Y2M', '"P1Y2M" has years, whose length varies: write days, as in P365D.'],
    ['-PT2H', '"-PT2H" has a sign: a duration is counted forwards, so write it without one.'],
    ['2h', '"2h" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['', '"" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['P', '"P" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['PT', '"PT" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['P1DT', '"P1DT" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['P2H', '"P2H" is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['PT2H ', '"PT2H " is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.'],
    ['PT0.5H30M', '"PT0.5H30M" has a fraction before its last part: only the last part may have one.'],
    ['P36526D', '"P36526D" is longer than a hundred years.'],
    [`P${'9'.repeat(400)}D`, `"P${'9'.repeat(39)}…" is longer than a hundred years.`],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseDuration(text)).toThrow(new RangeError(sentence))
  })

  test('is checked by its schema with the same sentence', () => {
    expect(durationSchema.safeParse('PT2H').data).toBe('PT2H')
    expect(durationSchema.safeParse('P1M').error?.issues[0]?.message).toContain('has months')
  })
})

describe('a duration typed on the command line', () => {
  test.each([
    ['2h', 7_200_000],
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['250ms', 250],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['1D2H', 93_600_000],
    ['PT2H', 7_200_000],
    ['pt2h', 7_200_000],
  ])('%s is %i ms', (text, durationMs) => {
    expect(parseTypedDuration(text)).toBe(durationMs)
  })

  test.each(['', '2', 'h', '30m1h', '-2h', '1.5h', '2 h', 'soon'])('"%s" is refused', (text) => {
    expect(() => parseTypedDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration`)
  })
})

describe('formatDuration', () => {
  test.each([
    [0, 'PT0S'],
    [500, 'PT0.5S'],
    [7_200_000, 'PT2H'],
    [604_800_000, 'P7D'],
    [93_600_000, 'P1DT2H'],
    [90_061_001, 'P1DT1H1M1.001S'],
  ])('writes %i ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text)
  })

  test('is undone by parseDuration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxDurationMs }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBe(durationMs)
      }),
    )
  })

  test('refuses what is no duration', () => {
    expect(() => formatDuration(-1)).toThrow(RangeError)
    expect(() => formatDuration(Number.NaN)).toThrow(RangeError)
  })
})
