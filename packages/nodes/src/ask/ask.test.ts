import { describe, expect, test } from 'vitest'
import { ask } from './index.ts'
import { isAnswer, type Wanted } from './match.ts'
import { type AskData, askSchema } from './schema.ts'

const base = { text: 'How many?', variable: 'count', retries: 1 }
const choices = [
  { id: 'red', label: 'Red', synonyms: ['rouge'] },
  { id: 'blue', label: 'Blue', synonyms: [] },
]

describe('a reply is an answer', () => {
  test.each<{ wanted: Wanted; answers: string[]; others: string[] }>([
    { wanted: { kind: 'text' }, answers: ['a', '?', '0'], others: ['', ' \n'] },
    { wanted: { kind: 'number' }, answers: ['7', '-7', '1,5'], others: ['', 'seven', '7 people'] },
    { wanted: { kind: 'number', min: 0, max: 10 }, answers: ['0', '10', '9.5'], others: ['-1', '11', '10,5'] },
    { wanted: { kind: 'number', min: 5 }, answers: ['5', '1000000'], others: ['4'] },
    { wanted: { kind: 'yes' }, answers: ['y', 'Yes.'], others: ['n', 'maybe'] },
    { wanted: { kind: 'no' }, answers: ['n', 'No.'], others: ['y', 'maybe'] },
    { wanted: { kind: 'yes-no' }, answers: ['y', 'n'], others: ['maybe', ''] },
    { wanted: { kind: 'words', words: ['red', '1'] }, answers: ['Red!', '1', '01.'], others: ['2', 'reddish', ''] },
  ])('of the kind $wanted', ({ wanted, answers, others }) => {
    for (const reply of answers) expect([reply, isAnswer(reply, wanted)]).toEqual([reply, true])
    for (const reply of others) expect([reply, isAnswer(reply, wanted)]).toEqual([reply, false])
  })
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
    { when: 'the variable has a space', data: { ...base, kind: 'text', variable: 'a b' }, paths: ['variable'] },
    { when: 'retries are negative', data: { ...base, kind: 'text', retries: -1 }, paths: ['retries'] },
    { when: 'the kind is unknown', data: { ...base, kind: 'date' }, paths: ['kind'] },
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
