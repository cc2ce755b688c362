import * as z from 'zod'
import { field } from '../field.ts'
import { maxGroupChanges, maxNameLength } from '../limits.ts'

const groupsSchema = z.array(z.string().min(1).max(maxNameLength)).max(maxGroupChanges)

/** Data of a change of groups. */
export const groupChangesSchema = z.strictObject({
  add: groupsSchema.meta(
    field({
      title: 'Put into',
      description: 'Groups that the contact belongs to from now on; a group that does not exist yet is made.',
      control: 'words',
      placeholder: 'customers, spring campaign',
    }),
  ),
  remove: groupsSchema.meta(
    field({
      title: 'Take out of',
      description: 'Groups that the contact no longer belongs to.',
      control: 'words',
      placeholder: 'prospects',
    }),
  ),
})

export type GroupsData = z.infer<typeof groupChangesSchema>
