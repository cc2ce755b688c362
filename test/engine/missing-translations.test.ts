import { analyseFlow } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'

const menu = {
  text: 'What now?',
  options: [
    { id: 'a', label: 'Hours', synonyms: ['open', 'when'] },
    { id: 'b', label: '2', synonyms: [] },
  ],
  retries: 0,
}

function missing(translations: Record<string, Record<string, string>>) {
  const flow = flowOf(
    {
      start: { type: 'keyword', data: { keywords: ['help'], match: 'exact' }, to: { next: 'menu' } },
      menu: { type: 'menu', data: menu, to: { a: 'say', b: 'end', other: 'end' } },
      say: { type: 'message', data: { text: '{{ contact.name }} 10:00' }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { languages: { base: 'en', others: ['hu'] }, translations },
  )
  return analyseFlow(flow, registry)
    .filter(({ code }) => code.endsWith('-translation'))
    .map(({ code, node, message }) => [code, node ?? message, message])
}

test('each node says which of its texts and words a language lacks', () => {
  expect(missing({})).toEqual([
    ['flow/missing-translation', 'start', expect.stringContaining('Not in "hu" yet: keywords.')],
    ['flow/missing-translation', 'menu', expect.stringContaining('text, options[0].label, options[0].synonyms.')],
  ])
})

test('what is there is not missed, and words are known as words', () => {
  const hu = {
    'start.keywords': 'segíts, súgó',
    'menu.text': 'Mi legyen?',
    'menu.options[0].label': 'Nyitvatartás',
    'menu.options[0].synonyms': 'nyitva, mikor',
  }
  expect(missing({ hu })).toEqual([])
})
