import type { WhenBusy } from '@textloom/core'
import * as z from 'zod'
import { type FieldMeta, field } from './field.ts'

/** What a start does about a conversation that is under way, in an author's words. */
const whenBusyLabels: Readonly<Record<WhenBusy, string>> = {
  queue: 'Wait until it is over',
  skip: 'Do not begin',
  interrupt: 'End it and begin',
}

/**
 * The policy of a start that meets a contact in the middle of another conversation; `usual` when it says nothing.
 * @param formerly a switch of earlier documents that means a policy
 */
export function whenBusySchema(usual: WhenBusy, formerly?: FieldMeta['formerly']) {
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
        ...(formerly && { formerly }),
      }),
    )
}

/** The body of a start's card, with its policy where it is not the usual one. */
export function withPolicy(body: string, whenBusy: WhenBusy, usual: WhenBusy): string {
  return whenBusy === usual ? body : `${body}\n${policies[whenBusy]}`
}

const policies: Readonly<Record<WhenBusy, string>> = {
  queue: 'Waits for another conversation to end',
  skip: 'Not in another conversation',
  interrupt: 'Ends another conversation',
}
