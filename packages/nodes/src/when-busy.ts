import type { WhenBusy } from '@textloom/core'
import * as z from 'zod'
import { field } from './field.ts'

/** What a start does about a conversation that is under way, in an author's words. */
const whenBusyLabels: Readonly<Record<WhenBusy, string>> = {
  queue: 'Wait until it is over',
  skip: 'Do not begin',
  interrupt: 'End it and begin',
}

/** The policy of a start that meets a contact in the middle of another conversation; `usual` when it says nothing. */
export function whenBusySchema(usual: WhenBusy) {
  return z
    .enum(['queue', 'skip', 'interrupt'])
    .optional()
    .meta(
      field({
        title: 'In another conversation',
        section: 'advanced',
        description: 'What happens when the contact is in another flow at that moment.',
        labels: whenBusyLabels,
        usual,
      }),
    )
}
