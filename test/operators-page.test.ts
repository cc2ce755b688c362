/** The page of the operators says what the code says. `npx vitest run test/operators-page.test.ts -u` writes it anew. */
import { type ConditionElsewhere, operators, predicates, rapidproTests, studioConditions } from '@textloom/nodes'
import { expect, test } from 'vitest'

test('docs/reference/operators.md tells every operator of a split, and what those of other systems are called here', async () => {
  const page = [
    '# Operators of a split',
    '',
    'Generated from the code. What each holds for and does not hold for stands in tables that the tests run: [texts](../../packages/nodes/src/split/cases/text.json), [words and patterns](../../packages/nodes/src/split/cases/words.json), [numbers](../../packages/nodes/src/split/cases/numbers.json), [dates, times, phone numbers and e-mail addresses](../../packages/nodes/src/split/cases/forms.json).',
    '',
    '| `op` | reads | compared with |',
    '|---|---|---|',
    ...operators.map((op) => `| \`${op}\` | ${predicates[op].label} | ${operandNames[predicates[op].operand]} |`),
    '',
    ...elsewhere('RapidPro', 'The tests of its switch router, flow specification 13 and 14.', rapidproTests),
    ...elsewhere('Twilio Studio', 'The condition types of Split Based On.', studioConditions),
  ]
  await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot('../docs/reference/operators.md')
})

test('every test of RapidPro and every condition type of Studio has its place', () => {
  expect([rapidproTests, studioConditions].map((list) => new Set(list.map(({ name }) => name)).size)).toEqual([31, 17])
  expect(rapidproTests.filter(({ op }) => op === null).map(({ name }) => name)).toEqual([
    'has_intent',
    'has_top_intent',
  ])
})

const operandNames = {
  none: 'nothing',
  text: 'a text',
  words: 'words',
  list: 'a list, in `list`',
  number: 'a number',
  range: 'two numbers, as `7..8`',
  date: 'a date, as `2026-03-05` or `in 3 days`',
  time: 'a time of day, as `08:30`',
  pattern: 'a pattern of [RE2](https://github.com/google/re2/wiki/Syntax)',
} as const

function elsewhere(system: string, intro: string, conditions: readonly ConditionElsewhere[]): readonly string[] {
  const rows = conditions.map(({ name, op, note }) => `| \`${name}\` | ${op ? `\`${op}\`` : 'none'} | ${note} |`)
  return [`## ${system}`, '', intro, '', '| there | here | |', '|---|---|---|', ...rows, '']
}
