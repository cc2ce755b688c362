import { foldBare, idSchema, type WordsField } from '@textloom/core'
import * as z from 'zod'
import { field } from './field.ts'
import { maxLabelLength, maxOptions, maxSynonyms } from './limits.ts'

/** What the contact can pick: an exit of the node, with the words that pick it. */
export const optionSchema = z.strictObject({
  id: idSchema.meta(field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' })),
  label: z
    .string()
    .min(1)
    .max(maxLabelLength)
    .meta(
      field({ title: 'Label', description: 'A reply that says this picks the option.', placeholder: 'Reschedule' }),
    ),
  synonyms: z
    .array(z.string())
    .max(maxSynonyms)
    .meta(
      field({
        title: 'Other words',
        description: 'Replies that pick this option as well.',
        control: 'words',
        placeholder: 'move, later',
      }),
    ),
})

/** A list of options. That ids differ is checked for all exits of a node alike. */
export const optionsSchema = z.array(optionSchema).max(maxOptions)

export type Option = z.infer<typeof optionSchema>

/**
 * What a reply says when spelling, punctuation around it and leading zeros do not matter: replies and options are
 * compared in this form.
 */
export function wordOf(reply: string): string {
  return foldBare(reply).replace(/^0+(?=\d+$)/, '')
}

/**
 * The words that pick each option: its label, its synonyms in every language and, where no word says otherwise, its
 * place in the list (`2`, `2.` and `(2)` pick the second). A word picks one option only: the first that has it, in the
 * language of the author first. The options are given with the words of each language, the author's first.
 */
export function wordsOfOptions(
  inLanguages: readonly (readonly Option[])[],
): readonly { id: string; words: readonly string[] }[] {
  const [options = []] = inLanguages
  const claims = new Map<string, string>()
  for (const { id, label, synonyms } of inLanguages.flat()) {
    for (const text of [label, ...synonyms]) claim(claims, text, id)
  }
  for (const [index, { id }] of options.entries()) claim(claims, String(index + 1), id)
  return options.map(({ id }) => ({ id, words: [...claims].filter(([, owner]) => owner === id).map(([word]) => word) }))
}

/** The words of options that each language has its own for; `path` is that of the list within the node's data. */
export function wordFieldsOf(options: readonly Option[], path: string): readonly WordsField[] {
  return options.flatMap(({ label, synonyms }, index) => [
    { path: `${path}[${index}].label`, words: label },
    { path: `${path}[${index}].synonyms`, words: synonyms },
  ])
}

/** Words that two options claim, with where the second claim stands: labels as `[1].label`. */
export function clashesOf(options: readonly Option[]): readonly { word: string; path: string; with: Option }[] {
  const owners = new Map<string, Option>()
  return options.flatMap((option, index) =>
    [option.label, ...option.synonyms].flatMap((text, place) => {
      const word = wordOf(text)
      const owner = owners.get(word) ?? option
      owners.set(word, owner)
      const path = place === 0 ? `[${index}].label` : `[${index}].synonyms[${place - 1}]`
      return word === '' || owner === option ? [] : [{ word, path, with: owner }]
    }),
  )
}

function claim(claims: Map<string, string>, text: string, id: string): void {
  const word = wordOf(text)
  if (word !== '' && !claims.has(word)) claims.set(word, id)
}
