import * as z from 'zod'
import { durationSchema } from '../duration.ts'
import { idSchema, nameSchema } from '../flow/document.ts'
import { defineNode, nodeRegistry } from '../node/define-node.ts'

/** Begins a flow at any text. */
const begin = defineNode({
  type: 'begin',
  version: 1,
  family: 'start',
  title: 'Begin',
  summary: 'Starts at any text.',
  icon: 'flag',
  schema: z.strictObject({}),
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: () => ({ title: 'Begin', body: '' }),
  start: { on: 'mo', score: () => 1, whenBusy: () => 'skip' },
})

/** Sends a text. */
const say = defineNode({
  type: 'say',
  version: 1,
  family: 'talk',
  title: 'Say',
  summary: 'Sends a text.',
  icon: 'message',
  schema: z.strictObject({ text: z.string().min(1) }),
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  templates: ({ text }) => [{ path: 'text', template: text, use: 'message' }],
  compile: ({ text }, { effect, exit }) => ({ entry: [effect({ kind: 'sendMt', text })], always: [exit('next')] }),
  describe: ({ text }) => ({ title: 'Say', body: text }),
})

/** Waits for a reply that is one of some words, and keeps it. */
const pick = defineNode({
  type: 'pick',
  version: 1,
  family: 'talk',
  title: 'Pick',
  summary: 'Waits for one of some words.',
  icon: 'list',
  schema: z.strictObject({
    variable: nameSchema.optional(),
    options: z
      .array(z.strictObject({ id: idSchema, label: z.string(), synonyms: z.array(z.string()).optional() }))
      .min(1),
    limit: z
      .discriminatedUnion('by', [
        z.strictObject({ by: z.literal('tries'), tries: z.int().min(1).max(9) }),
        z.strictObject({ by: z.literal('time'), timeout: durationSchema }),
      ])
      .optional(),
    tags: z.record(z.string(), z.json()).optional(),
    tries: z.int().default(3),
  }),
  waits: 'reply',
  handles: ({ options }) => [
    ...options.map(({ id, label }) => ({ id, label })),
    { id: 'other', label: 'Other', optional: true },
  ],
  templates: ({ options }) =>
    options.map(({ label }, index) => ({ path: `options[${index}].label`, template: label, use: 'value' })),
  writes: ({ variable }) => (variable === undefined ? [] : [{ name: variable, path: 'variable', type: 'text' }]),
  check: ({ options }) =>
    options.length > 1 && options[0]?.label === options[1]?.label
      ? [
          {
            code: 'pick/clashing-words',
            severity: 'error',
            path: 'options[1].label',
            message: 'Two options look alike.',
          },
        ]
      : [],
  compile: ({ options }, { exit, guard }) => ({
    on: { mo: options.map(({ id, label }) => exit(id, { guard: guard('is', { label }) })) },
  }),
  guards: { is: ({ event }, { label }) => event.type === 'mo' && event.text === label },
  describe: ({ options }) => ({ title: 'Pick', body: options.map(({ label }) => label).join(' / ') }),
})

/** Ends the conversation. */
const stop = defineNode({
  type: 'stop',
  version: 1,
  family: 'end',
  title: 'Stop',
  summary: 'Ends the conversation.',
  icon: 'flag-off',
  schema: z.strictObject({}),
  waits: null,
  handles: () => [],
  compile: (_data, { end }) => ({ type: 'final', entry: [end('completed')] }),
  describe: () => ({ title: 'Stop', body: '' }),
})

/** A few small node types for tests of what works with any. */
export const sampleNodes = nodeRegistry([begin, say, pick, stop])
