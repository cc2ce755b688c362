import type { FlowParam } from '@textloom/core'
import { expect, test } from 'vitest'
import type { Scenario } from '../../../worker/play-conversation.ts'
import { formOfScenario, scenarioOfForm } from './contact-form.ts'

const declared: readonly FlowParam[] = [
  { name: 'date', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'vip', type: 'boolean' },
  { name: 'more', type: 'json' },
]

const scenarios: readonly Scenario[] = [
  {},
  { start: true },
  { start: false, contact: { name: 'Ana', groups: ['vip'] }, seed: 3 },
  {
    contact: { phone: '+36301234567', language: 'hu', fields: { city: 'Pécs' } },
    now: Date.UTC(2030, 4, 1, 8, 30),
    params: { date: '7', count: 7, vip: true, more: { a: [1] } },
  },
]

test.each(scenarios.map((scenario) => [JSON.stringify(scenario), scenario] as const))(
  '%s comes back from its form',
  (_text, scenario) => {
    expect(scenarioOfForm(formOfScenario(scenario, declared), scenario, declared)).toEqual(scenario)
  },
)

test('what is left empty is left out', () => {
  const form = {
    ...formOfScenario(scenarios[3]!, declared),
    phone: ' ',
    language: '',
    fields: [['', 'x']] as const,
    params: {},
  }
  expect(scenarioOfForm(form, {}, declared)).toEqual({ now: Date.UTC(2030, 4, 1, 8, 30) })
})

test('a value that does not fit its type is handed on as it was typed', () => {
  const form = { ...formOfScenario({}, declared), params: { count: 'many', vip: 'yes', more: '{', date: '' } }
  expect(scenarioOfForm(form, {}, declared).params).toEqual({ count: 'many', vip: 'yes', more: '{' })
})

test('a time that is none is the usual one', () => {
  expect(scenarioOfForm({ ...formOfScenario({}, declared), startsAt: '' }, {}, declared)).toEqual({})
})
