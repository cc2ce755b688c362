import { type CompileContext, defineNode, type Scope, type StateFragment, type StoredContext } from '@textloom/core'
import { silenceExit } from '../asking.ts'
import { replyOf } from '../reply.ts'
import { inWords } from '../wait/words.ts'
import { type WaitReplyData, waitReplySchema } from './schema.ts'

/** Waits for whatever the contact texts next, without asking anything. */
export const waitReply = defineNode({
  type: 'wait-reply',
  version: 1,
  family: 'wait',
  title: 'Wait for a reply',
  summary: 'Waits for whatever the contact texts next, without asking anything.',
  icon: 'message-pause',
  schema: waitReplySchema,
  waits: 'reply',
  handles: ({ timeout }) => [{ id: 'next', label: 'Reply' }, silenceExit(timeout)],
  compile,
  updates: { keep },
  describe: ({ variable, timeout }) => ({
    title: 'Wait for a reply',
    body: [
      timeout === undefined ? 'As long as it takes' : `At most ${inWords(timeout)}`,
      ...(variable === undefined ? [] : [`Kept in ${variable}`]),
    ].join('\n'),
  }),
  writes: ({ variable }) => (variable === undefined ? [] : [{ name: variable, path: 'variable', type: 'text' }]),
})

function compile({ variable, timeout }: WaitReplyData, context: CompileContext): StateFragment {
  const { effect, exit, leave, update, durationMs } = context
  const actions =
    variable === undefined
      ? []
      : [update('keep', { variable }), effect({ kind: 'result', name: variable, value: `{{ vars.${variable} }}` })]
  const silence = timeout === undefined ? undefined : leave('timeout')
  return {
    on: { mo: [exit('next', { actions })] },
    ...(timeout === undefined || !silence ? {} : { after: { [durationMs(timeout)]: [silence] } }),
  }
}

function keep(scope: Scope, { variable }: { variable: string }): Partial<StoredContext> {
  const { vars, results } = scope.context
  // Phones put a space after the word they complete.
  const value = replyOf(scope).trim()
  return { vars: { ...vars, [variable]: value }, results: { ...results, [variable]: { value } } }
}
