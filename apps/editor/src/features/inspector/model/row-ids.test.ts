import { idSchema } from '@textloom/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowId } from './row-ids.ts'

test.each([
  { label: 'Opening hours', taken: [], id: 'opening-hours' },
  { label: '  Sí, ¡claro! ', taken: [], id: 'si-claro' },
  { label: 'Größe', taken: [], id: 'grosse' },
  { label: 'Yes', taken: ['yes'], id: 'yes-2' },
  { label: 'Yes', taken: ['yes', 'yes-2'], id: 'yes-3' },
  { label: 'Other', taken: ['other', 'timeout'], id: 'other-2' },
  { label: '是', taken: [], id: 'option-1' },
  { label: '👍', taken: ['option-1'], id: 'option-2' },
  { label: 'x'.repeat(90), taken: [], id: 'x'.repeat(40) },
])('"$label" beside $taken becomes $id', ({ label, taken, id }) => {
  expect(rowId(label, new Set(taken))).toBe(id)
})

test('any label gives an id that a flow may hold and that no other entry has', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 12 }), (labels) => {
      const taken = new Set<string>(['other', 'timeout'])
      for (const label of labels) {
        const id = rowId(label, taken)
        expect(idSchema.safeParse(id).success).toBe(true)
        expect(taken.has(id)).toBe(false)
        taken.add(id)
      }
    }),
  )
})
