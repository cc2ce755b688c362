import { flowFormat, parseFlowValue } from '@textloom/core'
import { analyseFlow } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { openFlow } from '../../document/testing/open-flow.ts'
import { starters } from './starters.ts'

test.each(starters)('"$title" on an empty canvas is a flow without problems, and one step to undo', ({ clip }) => {
  const flow = openFlow({ format: flowFormat, id: 'a', name: 'A', languages: { base: 'en' }, nodes: [], edges: [] })
  flow.commands.paste(clip, { x: 0, y: 0 })
  const parsed = parseFlowValue(flow.toDocument(), registry)
  expect(parsed).toMatchObject({ ok: true })
  if (parsed.ok) expect(analyseFlow(parsed.flow, registry)).toEqual([])
  flow.document.undo()
  expect(flow.toDocument().nodes).toEqual([])
})
