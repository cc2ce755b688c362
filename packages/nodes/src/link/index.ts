import { type CompileContext, defineNode, linkProblem, type NodeIssue, type StateFragment } from '@textloom/core'
import { isTemplate } from '../is-template.ts'
import { nodeIssue } from '../issue-codes.ts'
import { inWords } from '../wait/words.ts'
import { type LinkData, linkSchema } from './schema.ts'

/** Sends a text with a short address that tells when it is opened, and waits for that if it is told to. */
export const link = defineNode({
  type: 'link',
  version: 1,
  family: 'talk',
  title: 'Send a link',
  summary: 'Sends a short link to a page or an app, and knows who opened it.',
  icon: 'link',
  schema: linkSchema,
  waits: 'time',
  rests: ({ wait }) => wait !== undefined,
  handles: ({ wait }) =>
    wait === undefined
      ? [{ id: 'next', label: 'Next' }]
      : [
          { id: 'clicked', label: 'Opened' },
          { id: 'timeout', label: 'Not opened' },
        ],
  compile: compileLink,
  describe: ({ text, url, wait }) => ({
    title: 'Link',
    body: [
      text || 'No text yet',
      `→ ${url || 'no address yet'}`,
      ...(wait === undefined ? [] : [`Waits ${inWords(wait)}`]),
    ].join('\n'),
  }),
  templates: ({ text, url }) => [
    { path: 'text', template: text, use: 'message', locals: ['link'], mustHold: ['link'] },
    { path: 'url', template: url, use: 'value' },
  ],
  check,
})

function compileLink(
  { text, url, wait, topic }: LinkData,
  { nodeId, effect, exit, durationMs }: CompileContext,
): StateFragment {
  const entry = [effect({ kind: 'sendMt', text, link: url, ...(topic === undefined ? {} : { topic }) })]
  if (wait === undefined) return { entry, always: [exit('next')] }
  return {
    entry,
    on: { [`link.${nodeId}`]: [exit('clicked')] },
    after: { [durationMs(wait)]: [exit('timeout')] },
  }
}

function check({ text, url }: LinkData): readonly NodeIssue[] {
  const problem = isTemplate(url.trimStart().slice(0, 2)) ? undefined : linkProblem(withoutOutputs(url))
  return [
    ...(hasLink(text)
      ? []
      : [nodeIssue('link/no-link', 'text', 'The text does not hold the link: write {{ link }} where it goes.')]),
    ...(problem === undefined
      ? []
      : [
          nodeIssue(
            'link/bad-address',
            'url',
            url.trim() === '' ? 'The link leads nowhere: write its address.' : `"${url}" ${problem}.`,
          ),
        ]),
  ]
}

/** Whether the short address stands in a text, as it is or through filters. */
function hasLink(text: string): boolean {
  return /\{\{-?\s*link\s*(?:\||-?\}\})/.test(text)
}

/** What the author wrote of an address, with something in place of each value. */
function withoutOutputs(url: string): string {
  return url.replace(/\{\{.*?\}\}/gs, 'x').replace(/\{%.*?%\}/gs, '')
}
