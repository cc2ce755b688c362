import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { clipOf, clipText, readClip } from './clip.ts'
import { menuFlow } from './testing/menu-flow.ts'
import { openFlow } from './testing/open-flow.ts'

const copied = (...ids: string[]) => clipText(clipOf(openFlow().document.getState().flow, new Set(ids)))

test('a clip takes along what its nodes need: edges between them, variables, translations', () => {
  const clip = JSON.parse(copied('menu', 'hours', 'where'))
  expect(clip.textloom).toBe('clip@1')
  expect(clip.edges.map(({ id }: { id: string }) => id)).toEqual(['e2', 'e3'])
  expect(clip.variables).toEqual([{ name: 'city', type: 'text' }])
  expect(clip.translations).toEqual({ hu: { 'where.text': 'Fő utca 1' } })
})

test('what is copied in one flow and pasted in another is whole there', () => {
  const read = readClip(copied('menu', 'hours', 'where'), registry)
  if (read.kind !== 'clip') throw new Error(read.kind)
  const other = openFlow({ ...menuFlow(), id: 'other', nodes: [], edges: [], variables: [], translations: {} })
  const ids = other.commands.paste(read.clip, { x: 1_000, y: 100 })
  expect(ids).toEqual(['menu-1', 'message-2', 'message-3'])
  expect(other.edges()).toEqual(['menu-1:hours→message-2', 'menu-1:where→message-3'])
  const { variables, translations, nodes } = other.toDocument()
  expect(variables).toEqual([{ name: 'city', type: 'text' }])
  expect(translations).toEqual({ hu: { 'message-3.text': 'Fő utca 1' } })
  expect(nodes.map(({ position }) => position)).toEqual([
    { x: 1_160, y: 100 },
    { x: 1_000, y: 380 },
    { x: 1_320, y: 380 },
  ])
})

describe('the clipboard', () => {
  test.each([
    { holds: 'a clip', text: copied('where'), kind: 'clip' },
    { holds: 'a whole flow document', text: JSON.stringify(menuFlow()), kind: 'clip' },
    { holds: 'a sentence', text: 'We open at nine.', kind: 'text' },
    { holds: 'other JSON', text: '{"a":1}', kind: 'text' },
    { holds: 'blanks', text: ' \n', kind: 'nothing' },
    { holds: 'a clip of the future', text: '{"textloom":"clip@2","nodes":[]}', kind: 'text' },
    { holds: 'a clip without nodes', text: '{"textloom":"clip@1"}', kind: 'refused' },
    {
      holds: 'a clip with a node nobody knows',
      text: JSON.stringify({
        textloom: 'clip@1',
        nodes: [{ id: 'a', type: 'teleport', position: { x: 0, y: 0 }, data: {} }],
        edges: [],
      }),
      kind: 'refused',
    },
  ])('that holds $holds is read as $kind', ({ text, kind }) => {
    expect(readClip(text, registry).kind).toBe(kind)
  })
})
