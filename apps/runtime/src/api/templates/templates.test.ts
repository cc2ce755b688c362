import { parseFlowValue } from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { testInstance } from '../testing/test-instance.ts'
import { firstParagraph } from './templates.ts'

test('every template is a sound flow with a name and a sentence about it', async () => {
  const api = await testInstance()
  try {
    const { status, json } = await api.ask('GET', '/templates')
    expect(status).toBe(200)
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['help-menu', 'appointment-reminder', 'nps-survey', 'short-code-vote']),
    )
    for (const { id, name, description, document } of json.items) {
      const parsed = parseFlowValue(document, registry)
      expect(parsed.ok && isSound(analyseFlow(parsed.flow, registry)), id).toBe(true)
      expect(document).toMatchObject({ id, name })
      expect(description).toMatch(/^[A-Z].{20,400}\.$/)
      expect(description).not.toMatch(/[`*[\]#]/)
    }
  } finally {
    await api.stop()
  }
})

test.each([
  ['# Title\n\nOne **bold** line\nand `more`.\n\nSecond.', 'One bold line and more.'],
  ['# Title\n\n## Part\n\nA [link](https://x.test) in it.\n', 'A link in it.'],
  ['# Title\n', ''],
])('the first paragraph of %j is %j', (markdown, paragraph) => {
  expect(firstParagraph(markdown)).toBe(paragraph)
})
