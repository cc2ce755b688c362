/** The lists of the inbox, in the order of their tabs. */
export const inboxViews = [
  { view: 'mine', label: 'Mine' },
  { view: 'unassigned', label: 'Unassigned' },
  { view: 'all', label: 'All open' },
  { view: 'closed', label: 'Closed' },
] as const

/** One of them. */
export type InboxView = (typeof inboxViews)[number]['view']

/** What the address of the page asks for: `?view=mine&queue=claims`. Without a view, all open ones. */
export interface InboxSearch {
  readonly view?: InboxView
  readonly queue?: string
}

/** Takes from an address what makes sense in it. */
export function readInboxSearch({ view, queue }: Record<string, unknown>): InboxSearch {
  const known = inboxViews.find((one) => one.view === view)?.view
  return {
    ...(known !== undefined && { view: known }),
    ...(typeof queue === 'string' && queue !== '' && { queue }),
  }
}
