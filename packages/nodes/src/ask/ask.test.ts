import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { ask } from './index.ts'
import { type Misfit, misfitOf, readAnswer, type Wanted } from './match.ts'
import { type AskData, askSchema } from './schema.ts'

const base = { text: 'How many?', variable: 'count', retries: 1 }
const choices = [
  { id: 'red', label: 'Red', synonyms: ['rouge'] },
  { id: 'blue', label: 'Blue', synonyms: [] },
]

/** Thursday, 1 January 2026, noon in Budapest. */
const writer = {
  now: Date.UTC(2026, 0, 1, 11),
  timeZone: 'Europe/Budapest',
  language: 'en',
  dateOrder: 'DMY',
  country: 'HU',
} as const

describe('a reply is an answer', () => {
  test.each<{ wanted: Wanted; answers: string[]; others: string[] }>([
    { wanted: { kind: 'text' }, answers: ['a', '?', '0'], others: ['', ' \n'] },
    { wanted: { kind: 'number' }, answers: ['7', '-7', '1,5'], others: ['', 'seven', '7 people'] },
    { wanted: { kind: 'number', min: 0, max: 10 }, answers: ['0', '10', '9.5'], others: ['-1', '11', '10,5'] },
    { wanted: { kind: 'number', min: 5 }, answers: ['5', '1000000'], others: ['4'] },
    { wanted: { kind: 'yes' }, answers: ['y', 'Yes.'], others: ['n', 'maybe'] },
    { wanted: { kind: 'no' }, answers: ['n', 'No.'], others: ['y', 'maybe'] },
    { wanted: { kind: 'yes-no' }, answers: ['y', 'n'], others: ['maybe', ''] },
    { wanted: { kind: 'date' }, answers: ['5/3', 'tomorrow', '2026-03-05'], others: ['5', 'soon', ''] },
    { wanted: { kind: 'time' }, answers: ['15:30', '3pm'], others: ['noonish', '25:00'] },
    { wanted: { kind: 'email' }, answers: ['me: bo@example.com'], others: ['bo@', 'bo at example'] },
    { wanted: { kind: 'phone' }, answers: ['06 20 123 4567', '+36201234567'], others: ['12', 'my phone'] },
    { wanted: { kind: 'rating-5' }, answers: ['1', '5/5', '⭐⭐'], others: ['0', '6', '3 or 4'] },
    { wanted: { kind: 'rating-10' }, answers: ['0', '10', '7!'], others: ['11', 'ten'] },
    {
      wanted: { kind: 'pattern', pattern: '[A-Z]{2}-?[0-9]{4}' },
      answers: ['ab-1234 '],
      others: ['ab-12345', 'x ab-1234'],
    },
    { wanted: { kind: 'words', words: ['red', '1'] }, answers: ['Red!', '1', '01.'], others: ['2', 'reddish', ''] },
  ])('of the kind $wanted', ({ wanted, answers, others }) => {
    for (const reply of answers) expect([reply, misfitOf(reply, wanted, writer) === undefined]).toEqual([reply, true])
    for (const reply of others) expect([reply, misfitOf(reply, wanted, writer) === undefined]).toEqual([reply, false])
  })
})

test.each<{ reply: string; wanted: Wanted; answer: unknown }>([
  { reply: '5/3', wanted: { kind: 'date' }, answer: '2026-03-05' },
  { reply: 'tomorrow please', wanted: { kind: 'date' }, answer: '2026-01-02' },
  { reply: 'at 3.30pm', wanted: { kind: 'time' }, answer: '15:30' },
  { reply: 'Bo@Example.com', wanted: { kind: 'email' }, answer: 'Bo@example.com' },
  { reply: '06 20 123 4567', wanted: { kind: 'phone' }, answer: '+36201234567' },
  { reply: '4 stars', wanted: { kind: 'rating-5' }, answer: 4 },
  { reply: ' AB1234 ', wanted: { kind: 'pattern', pattern: '[a-z]{2}[0-9]{4}' }, answer: 'AB1234' },
  { reply: '٤٢', wanted: { kind: 'number' }, answer: 42 },
])('"$reply" as $wanted.kind says $answer', ({ reply, wanted, answer }) => {
  expect(readAnswer(reply, wanted, writer)).toBe(answer)
})

test.each<{ reply: string; wanted: Wanted; misfit: Misfit | undefined }>([
  { reply: 'many', wanted: { kind: 'number', min: 1, max: 8 }, misfit: 'unreadable' },
  { reply: '0', wanted: { kind: 'number', min: 1, max: 8 }, misfit: 'tooSmall' },
  { reply: '9', wanted: { kind: 'number', min: 1, max: 8 }, misfit: 'tooLarge' },
  { reply: '8', wanted: { kind: 'number', min: 1, max: 8 }, misfit: undefined },
  { reply: '0', wanted: { kind: 'rating-5' }, misfit: 'tooSmall' },
  { reply: '11', wanted: { kind: 'rating-10' }, misfit: 'tooLarge' },
  { reply: 'soon', wanted: { kind: 'date' }, misfit: 'unreadable' },
])('"$reply" as $wanted is $misfit', ({ reply, wanted, misfit }) => {
  expect(misfitOf(reply, wanted, writer)).toBe(misfit)
})

describe('each thing that is wrong with a number has a text of its own', () => {
  const texts = { unreadableText: 'A number!', tooSmallText: 'More!', tooLargeText: 'Less!' }
  const data = { ...base, kind: 'number', min: 1, max: 8, retries: 1, retryText: 'Again' }
  test.each([
    { more: texts, reply: 'x', said: 'A number!' },
    { more: texts, reply: '0', said: 'More!' },
    { more: texts, reply: '9', said: 'Less!' },
    { more: { tooLargeText: 'Less!' }, reply: '9', said: 'Less!' },
    { more: { tooLargeText: 'Less!' }, reply: '0', said: 'Again' },
    { more: { tooLargeText: 'Less!' }, reply: 'x', said: 'Again' },
  ])('with $more "$reply" is told "$said"', ({ more, reply, said }) => {
    expect(sessionOn(ask, { ...data, ...more }).hears(reply).texts).toEqual(['How many?', said])
  })
})

test.each([
  { pattern: '[0-9]+', issues: [] },
  { pattern: undefined, issues: ['ask/no-pattern at pattern'] },
  { pattern: '(a', issues: ['ask/bad-pattern at pattern'] },
  { pattern: '(?=a)a', issues: ['ask/bad-pattern at pattern'] },
])('the pattern $pattern has the issues $issues', ({ pattern, issues }) => {
  const data = { ...base, kind: 'pattern' as const, pattern }
  expect(ask.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

describe('the data of a question', () => {
  test.each<{ when: string; data: object; paths: string[] }>([
    { when: 'it is a text question', data: { ...base, kind: 'text' }, paths: [] },
    { when: 'it is a number with a range', data: { ...base, kind: 'number', min: 0, max: 10 }, paths: [] },
    { when: 'it has choices', data: { ...base, kind: 'choice', choices }, paths: [] },
    {
      when: 'everything optional is there',
      data: { ...base, kind: 'text', retryText: 'Again', timeout: 'P1D' },
      paths: [],
    },
    { when: 'choices are missing', data: { ...base, kind: 'choice' }, paths: ['choices'] },
    { when: 'choices are out of place', data: { ...base, kind: 'yes-no', choices }, paths: ['choices'] },
    { when: 'a range is out of place', data: { ...base, kind: 'text', min: 0, max: 1 }, paths: ['min', 'max'] },
    {
      when: 'two things are wrong at once',
      data: { ...base, kind: 'text', min: 0, timeout: '1h' },
      paths: ['timeout', 'min'],
    },
    { when: 'a pattern is out of place', data: { ...base, kind: 'date', pattern: 'a' }, paths: ['pattern'] },
    {
      when: 'an error text is out of place',
      data: { ...base, kind: 'date', tooSmallText: 'a' },
      paths: ['tooSmallText'],
    },
    { when: 'a rating has its error texts', data: { ...base, kind: 'rating-5', tooLargeText: 'a' }, paths: [] },
    { when: 'the variable has a space', data: { ...base, kind: 'text', variable: 'a b' }, paths: ['variable'] },
    { when: 'retries are negative', data: { ...base, kind: 'text', retries: -1 }, paths: ['retries'] },
    { when: 'the kind is unknown', data: { ...base, kind: 'colour' }, paths: ['kind'] },
    { when: 'a field is unknown', data: { ...base, kind: 'text', colour: 'red' }, paths: [''] },
  ])('has issues at $paths when $when', ({ data, paths }) => {
    const result = askSchema.safeParse(data)
    expect(result.error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(paths)
    if (result.success) expect(result.data).toEqual(data)
  })
})

test.each<{ data: AskData; exits: string[] }>([
  { data: { ...base, kind: 'text' }, exits: ['next', 'other?', 'timeout?'] },
  { data: { ...base, kind: 'text', timeout: 'PT1H' }, exits: ['next', 'other?', 'timeout'] },
  { data: { ...base, kind: 'number' }, exits: ['next', 'other', 'timeout?'] },
  { data: { ...base, kind: 'yes-no', timeout: 'PT1H' }, exits: ['yes', 'no', 'other', 'timeout'] },
  { data: { ...base, kind: 'choice', choices }, exits: ['red', 'blue', 'other', 'timeout?'] },
])('a question of kind $data.kind has the exits $exits', ({ data, exits }) => {
  expect(ask.handles(data).map(({ id, optional }) => (optional ? `${id}?` : id))).toEqual(exits)
})

test.each<{ data: AskData; issues: string[] }>([
  { data: { ...base, kind: 'number', min: 0, max: 0 }, issues: [] },
  { data: { ...base, kind: 'number', min: 1, max: 0 }, issues: ['ask/empty-range at min'] },
  { data: { ...base, kind: 'text', text: ' ' }, issues: ['ask/no-text at text'] },
  { data: { ...base, kind: 'choice', choices: [] }, issues: ['ask/no-choices at choices'] },
  {
    data: { ...base, kind: 'choice', choices: [...choices, { id: 'pink', label: 'Pink', synonyms: ['x', 'RED'] }] },
    issues: ['ask/clashing-words at choices[2].synonyms[1]'],
  },
])('%j has the issues of its row', ({ data, issues }) => {
  expect(ask.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

describe('an answer', () => {
  test.each<{
    kind: string
    data: object
    type: 'text' | 'number' | 'boolean'
    reply: string
    by: string
    kept: object
  }>([
    { kind: 'text', data: {}, type: 'text', reply: ' Bo ', by: 'next', kept: { value: 'Bo' } },
    { kind: 'number', data: {}, type: 'number', reply: '1,5', by: 'next', kept: { value: 1.5 } },
    { kind: 'yes-no', data: {}, type: 'boolean', reply: 'Y', by: 'yes', kept: { value: true, category: 'yes' } },
    { kind: 'yes-no', data: {}, type: 'boolean', reply: 'no', by: 'no', kept: { value: false, category: 'no' } },
    {
      kind: 'choice',
      data: { choices },
      type: 'text',
      reply: '2',
      by: 'blue',
      kept: { value: 'blue', category: 'blue' },
    },
  ])(
    '"$reply" to a question of kind $kind leaves by $by and is kept as $kept',
    ({ kind, data, type, reply, by, kept }) => {
      const variables = [{ name: 'count', type }]
      const session = sessionOn(ask, { ...base, kind, ...data }, { variables }).hears(reply)
      expect(session.leftBy).toBe(by)
      expect(session.texts).toEqual(['How many?'])
      expect(session.recorded).toEqual([{ kind: 'result', node: 'ask', name: 'count', ...kept }])
      expect(session.context?.results).toEqual({ count: kept })
      expect(session.vars).toEqual({ count: (kept as { value: unknown }).value })
    },
  )

  test('that looks like a template is kept as it is', () => {
    const session = sessionOn(ask, { ...base, kind: 'text' }).hears('{{ contact.phone }}')
    expect(session.recorded[0]?.value).toBe('{{ contact.phone }}')
    expect(session.vars).toEqual({ count: '{{ contact.phone }}' })
  })
})

describe('any other reply', () => {
  test.each([
    { retries: 0, replies: ['x'], texts: ['How many?'], leftBy: 'other' },
    { retries: 1, replies: ['x'], texts: ['How many?', 'A number!'], leftBy: undefined },
    { retries: 1, replies: ['x', '7'], texts: ['How many?', 'A number!'], leftBy: 'next' },
    { retries: 1, replies: ['x', 'y'], texts: ['How many?', 'A number!'], leftBy: 'other' },
    { retries: 2, replies: ['x', 'y', '7'], texts: ['How many?', 'A number!', 'A number!'], leftBy: 'next' },
    { retries: 2, replies: ['x', 'y', 'z'], texts: ['How many?', 'A number!', 'A number!'], leftBy: 'other' },
  ])('with $retries retries, $replies leave by $leftBy', ({ retries, replies, texts, leftBy }) => {
    const session = sessionOn(ask, { ...base, kind: 'number', retries, retryText: 'A number!' })
    for (const reply of replies) session.hears(reply)
    expect(session.texts).toEqual(texts)
    expect(session.leftBy).toBe(leftBy)
    expect(session.recorded).toHaveLength(leftBy === 'next' ? 1 : 0)
  })

  test('brings the question again when there is no other text', () => {
    expect(sessionOn(ask, { ...base, kind: 'number' }).hears('x').texts).toEqual(['How many?', 'How many?'])
  })

  test('is nothing new to a question that is asked anew', () => {
    const session = sessionOn(ask, { ...base, kind: 'number' }, { to: { other: 'ask' } })
    session.hears('x').hears('y').hears('x')
    expect(session.leftBy).toBeUndefined()
    expect(session.path.filter(({ kind }) => kind === 'exit')).toEqual([
      { kind: 'exit', node: 'begin', handle: 'next' },
      { kind: 'exit', node: 'ask', handle: 'other' },
    ])
  })

  test('that is blank keeps a question for a text waiting, unless "other" leads somewhere', () => {
    const data = { ...base, kind: 'text', retries: 0 }
    const open = sessionOn(ask, data, { open: ['other'] }).hears(' ')
    expect([open.leftBy, open.last?.ignored]).toEqual([undefined, 'not-waiting'])
    expect(open.hears('Bo').leftBy).toBe('next')
    expect(sessionOn(ask, data).hears(' ').leftBy).toBe('other')
  })
})

describe('silence', () => {
  const data = { ...base, kind: 'number', timeout: 'PT1H' }

  test('leaves by timeout when the time is up and not before', () => {
    const session = sessionOn(ask, data)
    expect(session.rest).toEqual({ node: 'ask', for: 'reply', until: session.now + 3_600_000 })
    expect(session.advance('PT59M59S').leftBy).toBeUndefined()
    expect(session.advance('PT1S').leftBy).toBe('timeout')
  })

  test('counts anew from each try', () => {
    const session = sessionOn(ask, data).advance('50m').hears('x').advance('50m')
    expect(session.leftBy).toBeUndefined()
    expect(session.timers.map(({ dueAt }) => dueAt - session.now)).toContain(600_000)
    expect(session.advance('10m').leftBy).toBe('timeout')
  })

  test('is over with the answer', () => {
    const session = sessionOn(ask, data).hears('7')
    expect(session.timers.map(({ id }) => id)).toEqual(['session.expiry'])
    expect(session.advance('2h').leftBy).toBe('next')
  })

  test('lasts as long as the session where no time is set', () => {
    expect(sessionOn(ask, { ...base, kind: 'number' }).rest?.until).toBeNull()
  })
})
