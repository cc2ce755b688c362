import { defineNode, type NodeIssue, type Scope, type TemplateField } from '@textloom/core'
import { changingState, type GuardedChange } from '../contact-changes.ts'
import { isTemplate } from '../is-template.ts'
import { nodeIssue } from '../issue-codes.ts'
import { type GroupsData, groupChangesSchema } from './schema.ts'

/** Puts the contact into groups and takes them out of others. */
export const groups = defineNode({
  type: 'groups',
  version: 1,
  family: 'do',
  title: 'Change groups',
  summary: 'Puts the contact into groups, or takes them out.',
  icon: 'users-plus',
  schema: groupChangesSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ add, remove }, context) => {
    const change = (group: string, to: 'added' | 'removed'): GuardedChange => ({
      change: { group, change: to },
      ...(isTemplate(group) ? { fits: context.guard('names-a-group', { group }) } : {}),
    })
    return changingState(
      [...remove.map((group) => change(group, 'removed')), ...add.map((group) => change(group, 'added'))],
      context,
    )
  },
  guards: {
    'names-a-group': ({ render }: Scope, { group }: { group: string }) => render(group).trim() !== '',
  },
  describe: ({ add, remove }) => ({
    title: 'Groups',
    body: [...add.map((group) => `+ ${group}`), ...remove.map((group) => `− ${group}`)].join('\n') || 'No group yet',
  }),
  groups: ({ add }) =>
    add.flatMap((group, index) => (isTemplate(group) ? [] : [{ path: `add[${index}]`, group, makes: true as const }])),
  templates: ({ add, remove }) => [...templatesOf(add, 'add'), ...templatesOf(remove, 'remove')],
  check,
})

function templatesOf(names: readonly string[], path: string): readonly TemplateField[] {
  return names.map((template, index) => ({ path: `${path}[${index}]`, template, use: 'value' }))
}

function check({ add, remove }: GroupsData): readonly NodeIssue[] {
  if (add.length === 0 && remove.length === 0) {
    return [nodeIssue('groups/no-groups', 'add', 'No group is named: say which ones the contact enters or leaves.')]
  }
  return remove.flatMap((group, index) =>
    add.includes(group)
      ? [
          nodeIssue(
            'groups/both-ways',
            `remove[${index}]`,
            `The contact is put into "${group}" and taken out of it: decide for one of the two.`,
          ),
        ]
      : [],
  )
}
