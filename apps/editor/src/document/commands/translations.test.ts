import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { createFlowEditor } from '../flow-editor.ts'
import { toDocument } from '../flow-state.ts'
import { menuFlow } from '../testing/menu-flow.ts'

function open() {
  const { translations: _, ...document } = menuFlow()
  const editor = createFlowEditor({ document, registry, now: () => 0 })
  const languages = () => {
    const { languages, translations } = toDocument(editor.document.getState().flow)
    return { others: languages.others, translations }
  }
  return { ...editor, document: editor.document, languages }
}

test('a text is translated, typed in one go as one step, and an empty one leaves no trace', () => {
  const { commands, languages, document } = open()
  commands.setTranslation('hu', 'menu.text', 'M')
  commands.setTranslation('hu', 'menu.text', 'Miben')
  expect(languages().translations).toEqual({ hu: { 'menu.text': 'Miben' } })
  expect(document.getState().past.map(({ label }) => label)).toEqual(['Translate into Hungarian'])
  commands.setTranslation('hu', 'menu.text', '')
  expect(languages().translations).toBeUndefined()
})

test('a language comes once, and goes with its texts; undo brings them back', () => {
  const { commands, languages, document } = open()
  commands.addLanguage('fr')
  commands.addLanguage('fr')
  commands.addLanguage('en')
  expect(languages().others).toEqual(['hu', 'fr'])
  commands.setTranslation('fr', 'menu.text', 'Bonjour')
  commands.removeLanguage('fr')
  expect(languages()).toEqual({ others: ['hu'], translations: undefined })
  expect(document.undo()).toBe('Remove French')
  expect(languages()).toEqual({ others: ['hu', 'fr'], translations: { fr: { 'menu.text': 'Bonjour' } } })
})

test('translations of a file are one step, whatever they change', () => {
  const { commands, languages, document } = open()
  commands.setTranslation('hu', 'menu.text', 'Régi')
  const translations = { hu: { 'menu.text': 'Új' }, de: { 'menu.text': 'Neu' } }
  commands.takeTranslations({ languages: { base: 'en', others: ['hu', 'de'] }, translations }, 'texts.csv')
  expect(languages()).toEqual({ others: ['hu', 'de'], translations })
  expect(document.undo()).toBe('Import texts.csv')
  expect(languages()).toEqual({ others: ['hu'], translations: { hu: { 'menu.text': 'Régi' } } })
})

test('translations of options stay with them when they are moved or taken out, and undo puts all of it back', () => {
  const { commands, languages, document } = open()
  const options = (reorder: (rows: unknown[]) => unknown[]) =>
    commands.changeNodeData('menu', { label: 'Change the options' }, (data) => {
      Object.assign(data, { options: reorder(data.options as unknown[]) })
    })
  commands.setTranslation('hu', 'menu.text', 'Miben')
  commands.setTranslation('hu', 'menu.options[0].label', 'Első')
  commands.setTranslation('hu', 'menu.options[1].label', 'Második')
  options((rows) => rows.toReversed())
  expect(languages().translations?.hu).toEqual({
    'menu.text': 'Miben',
    'menu.options[1].label': 'Első',
    'menu.options[0].label': 'Második',
  })
  options((rows) => rows.map((row) => ({ ...(row as object), id: `${(row as { id: string }).id}-2` })))
  expect(Object.keys(languages().translations?.hu ?? {})).toHaveLength(3)
  document.undo()
  options((rows) => rows.slice(0, -1))
  expect(Object.values(languages().translations?.hu ?? {})).toEqual(['Miben', 'Második'])
  document.undo()
  document.undo()
  expect(languages().translations?.hu).toEqual({
    'menu.text': 'Miben',
    'menu.options[0].label': 'Első',
    'menu.options[1].label': 'Második',
  })
})
