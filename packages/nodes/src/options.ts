import { foldBare, idSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from './field.ts'

/** What the contact can pick: an exit of the node, with the words that pick it. */
export const optionSchema = z.strictObject({
  id: idSchema.meta(field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' })),
  label: z
    .string()
    .min(1)
    .max(160)
    .meta(
      field({ title: 'Label', description: 'A reply that says this picks the option.', placeholder: 'Reschedule' }),
    ),
  synonyms: z
    .array(z.string())
    .max(100)
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
export const optionsSchema = z.array(optionSchema).max(100)

export type Option = z.infer<typeof optionSchema>

/**
 * What a reply says when spelling, punctuation around it and leading zeros do not matter: replies and options are
 * compared in this form.
 */
export function wordOf(reply: string): string {
  return foldBare(reply).replace(/^0+(?=\d+$)/, '')
}

/**
 * The words that pick each option: its label, its synonyms and, where no word says otherwise, its place in the list
 * (`2`, `2.` and `(2)` pick the second). A word picks one option only: the first that has it.
 */
export function wordsOfOptions(options: readonly Option[]): readonly { id: string; words: readonly string[] }[] {
  const claims = new Map<string, string>()
  for (const { id, label, synonyms } of options) for (const text of [label, ...synonyms]) claim(claims, text, id)
  for (const [index, { id }] of options.entries()) claim(claims, String(index + 1), id)
  return options.map(({ id }) => ({ id, words: [...claims].filter(([, owner]) => owner === id).map(([word]) => word) }))
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
