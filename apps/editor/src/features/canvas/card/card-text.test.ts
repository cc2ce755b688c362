import { describe, expect, test } from 'vitest'
import { textPieces, withoutExitLines } from './card-text.ts'

const exits = ['Hours', 'Where', 'Other reply'].map((label) => ({ id: label, label }))

describe('the text of a card', () => {
  test.each([
    { body: 'What can we do?\n1. Hours\n2. Where', shows: 'What can we do?' },
    { body: 'Pick:\n• Hours\n• Where', shows: 'Pick:' },
    { body: 'Hours', shows: 'Hours' },
    { body: 'One\nTwo', shows: 'One\nTwo' },
  ])('"$body" shows "$shows"', ({ body, shows }) => {
    expect(withoutExitLines(body, exits)).toBe(shows)
  })

  test.each([
    { text: 'Hi {{ vars.first_name }}!', pieces: ['Hi ', '[first_name]', '!'] },
    { text: '{{vars.age | plus: 1}}', pieces: ['[age]'] },
    { text: '{{ contact.name }} {{ results.city.value }}', pieces: ['[contact.name]', ' ', '[city]'] },
    { text: 'Hi{% if vars.vip -%} dear{% endif %}', pieces: ['Hi', '<if vars.vip>', ' dear', '<endif>'] },
    { text: 'No {{ end', pieces: ['No {{ end'] },
    { text: "{{ 'a' }}", pieces: ["{{ 'a' }}"] },
    { text: '', pieces: [] },
  ])('"$text" is cut into $pieces', ({ text, pieces }) => {
    const shown = {
      text: (said: string) => said,
      name: (said: string) => `[${said}]`,
      tag: (said: string) => `<${said}>`,
    }
    expect(textPieces(text).map(({ kind, text: said }) => shown[kind](said))).toEqual(pieces)
  })
})
