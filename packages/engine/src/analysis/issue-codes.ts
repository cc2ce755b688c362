import type { Issue } from '@textloom/core'

/** Everything the analysis says about the soundness of a flow, as the errors reference explains it. */
export const soundnessCodes = {
  'flow/no-start': ['error', 'No node begins the flow, so neither a text nor the API can start it.'],
  'flow/open-exit': ['error', 'An exit that contacts can leave by leads nowhere.'],
  'flow/no-reply-exit': ['warning', 'A question that never ends for those who do not answer it.'],
  'flow/ambiguous-exit': ['error', 'Two edges leave by the same exit, and only one of them can be taken.'],
  'flow/unreachable': ['warning', 'No way leads from a start to this node.'],
  'flow/loop-without-wait': ['error', 'A circle of nodes that never wait: a session would go round it without end.'],
  'flow/template-syntax': ['error', 'A text whose Liquid cannot be read.'],
  'flow/undefined-variable': ['error', 'A text, rule or node uses a name that the flow does not have.'],
  'flow/variable-type': ['error', 'A value that does not fit the declared type of its variable.'],
  'flow/unset-variable': ['warning', 'A variable is used where no way has set it yet, and it has no default.'],
  'flow/type-misuse': ['warning', 'A filter or comparison of a text can do nothing with the type of its value.'],
  'flow/expression': ['error', 'An expression that cannot be read, or puts together what does not go together.'],
  'flow/unused-variable': ['warning', 'A declared variable that nothing reads or writes.'],
  'flow/required-param': [
    'warning',
    'A text, or something that happens, can start the flow, but brings no value for a required parameter.',
  ],
  'flow/unknown-flow': ['error', 'A node calls a flow that is not among those it may call.'],
  'flow/call-circle': ['warning', 'Flows that call each other without end: the call that is one too many fails.'],
  'flow/call-params': ['warning', 'A call gives a flow a parameter it does not have, or lacks one it requires.'],
  'flow/long-text': ['warning', 'A text of so many segments that it is better said in fewer words.'],
  'flow/forces-ucs2': ['warning', 'Signs that GSM 7-bit lacks make a text dearer, and it has others instead.'],
  'flow/no-opt-out': ['warning', 'A flow that writes to people first never says how to opt out.'],
  'flow/missing-translation': [
    'warning',
    'A text or word of a node that one of the languages of the flow does not have.',
  ],
  'flow/unused-translation': ['warning', 'A translation of a text or into a language that the flow does not have.'],
  'flow/incomplete-translation': ['warning', 'A translation that lacks what its text is for, such as the link.'],
  'flow/keyword-clash': [
    'warning',
    'A keyword that another start waits for too, in this flow or in one that listens on the same channel.',
  ],
  'flow/saved-test': ['warning', 'A saved test that cannot pass as it is written.'],
} as const satisfies { readonly [code: string]: readonly [Issue['severity'], string] }

/** The code of a soundness issue found by the analysis itself; node types bring their own. */
export type SoundnessCode = keyof typeof soundnessCodes

/** An issue of this catalogue. */
export function soundness(code: SoundnessCode, path: string, message: string, node?: string): Issue {
  const [severity] = soundnessCodes[code]
  return { code, severity, kind: 'soundness', ...(node !== undefined && { node }), path, message }
}
