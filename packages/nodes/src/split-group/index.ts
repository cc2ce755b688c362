import { defineNode, fold } from '@textloom/core'
import { pickHandles, pickIssues, pickState, picksInWords } from '../picks.ts'
import { splitGroupSchema } from './schema.ts'

/** Goes on by the first group that the contact is in, or by `other`. */
export const splitGroup = defineNode({
  type: 'split-group',
  version: 1,
  family: 'decide',
  title: 'Split by group',
  summary: 'Goes different ways depending on the groups that the contact is in.',
  icon: 'users-group',
  schema: splitGroupSchema,
  waits: null,
  groups: ({ groups }) => groups.map(({ group }, index) => ({ path: `groups[${index}].group`, group })),
  handles: ({ groups }) => pickHandles(picksOf(groups)),
  compile: ({ groups }, context) =>
    pickState(picksOf(groups), ({ name }) => context.guard('member', { group: name }), context),
  guards: {
    member: ({ context: { contact } }, { group }: { group: string }) =>
      contact.groups.some((each) => isSame(each, group)),
  },
  describe: ({ groups }) => ({ title: 'Split by group', body: picksInWords(picksOf(groups), 'No groups yet') }),
  check: ({ groups }) => pickIssues(picksOf(groups), { path: 'groups', key: 'group', takes: isSame }),
})

function picksOf(groups: readonly { readonly id: string; readonly group: string }[]) {
  return groups.map(({ id, group }) => ({ id, name: group }))
}

/** Groups are told apart as people do, who do not look at case and accents. */
function isSame(one: string, other: string): boolean {
  return fold(one) === fold(other)
}
