import { defineNode } from '@textloom/core'
import { pickHandles, pickIssues, pickState, picksInWords } from '../picks.ts'
import { speaks } from './match.ts'
import { splitLanguageSchema } from './schema.ts'

/** Goes on by the first language that is the contact's, or by `other`. */
export const splitLanguage = defineNode({
  type: 'split-language',
  version: 1,
  family: 'decide',
  title: 'Split by language',
  summary: 'Goes different ways depending on the language of the contact.',
  icon: 'language',
  schema: splitLanguageSchema,
  waits: null,
  handles: ({ languages }) => pickHandles(picksOf(languages)),
  compile: ({ languages }, context) =>
    pickState(picksOf(languages), ({ name }) => context.guard('speaks', { language: name }), context),
  guards: {
    speaks: ({ context: { contact, channel } }, { language }: { language: string }) =>
      speaks(contact.language ?? channel.languages?.[0], language),
  },
  describe: ({ languages }) => ({
    title: 'Split by language',
    body: picksInWords(picksOf(languages), 'No languages yet'),
  }),
  check: ({ languages }) =>
    pickIssues(picksOf(languages), {
      path: 'languages',
      key: 'language',
      takes: (above, below) => speaks(below, above),
    }),
})

function picksOf(languages: readonly { readonly id: string; readonly language: string }[]) {
  return languages.map(({ id, language }) => ({ id, name: language }))
}
