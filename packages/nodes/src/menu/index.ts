import { defineNode, type NodeIssue } from '@textloom/core'
import { askingState, askingTexts, otherExits } from '../asking.ts'
import { nodeIssue } from '../issue-codes.ts'
import { clashesOf, wordFieldsOf, wordsOfOptions } from '../options.ts'
import { replyOf } from '../reply.ts'
import { picks } from './match.ts'
import { type MenuData, menuSchema } from './schema.ts'

/** Offers options and waits: a reply leaves by the option it picks, any other by `other`, silence by `timeout`. */
export const menu = defineNode({
  type: 'menu',
  version: 1,
  family: 'talk',
  title: 'Menu',
  summary: 'Offers numbered or worded options and goes on by the one picked.',
  icon: 'list-numbers',
  schema: menuSchema,
  waits: 'reply',
  handles: (data) => [...data.options.map(({ id, label }) => ({ id, label })), ...otherExits(data)],
  compile: (data, context) => {
    const options = wordsOfOptions(context.variants.map((variant) => (variant as MenuData).options))
    const accepted = options.map(({ id, words }) => context.exit(id, { guard: context.guard('picks', { words }) }))
    const refused = [{ guard: context.guard('misses', { words: options.flatMap(({ words }) => words) }) }]
    return askingState(data, { accepted, refused }, context)
  },
  guards: {
    picks: (scope, { words }: { words: readonly string[] }) => picks(words, replyOf(scope)),
    misses: (scope, { words }: { words: readonly string[] }) => !picks(words, replyOf(scope)),
  },
  describe: ({ text, options }) => ({
    title: 'Menu',
    body: [text || 'No text yet', ...options.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n'),
  }),
  words: ({ options }) => wordFieldsOf(options, 'options'),
  templates: (data) => askingTexts(data),
  check,
})

function check({ text, options }: MenuData): readonly NodeIssue[] {
  return [
    ...(text.trim() === '' ? [nodeIssue('menu/no-text', 'text', 'The menu has no text: write what is offered.')] : []),
    ...(options.length === 0 ? [nodeIssue('menu/no-options', 'options', 'The menu has no options: add one.')] : []),
    ...clashesOf(options).map(({ word, path, with: other }) =>
      nodeIssue(
        'menu/clashing-words',
        `options${path}`,
        `The reply "${word}" picks "${other.label}" already: give every option its own words.`,
      ),
    ),
  ]
}
