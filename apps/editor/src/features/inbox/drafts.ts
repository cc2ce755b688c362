const drafts = new Map<string, string>()

/** What was written about a ticket and not sent, until the app is loaded again. */
export function draftOf(ticket: string): string {
  return drafts.get(ticket) ?? ''
}

/** Keeps it; an empty one is forgotten. */
export function keepDraft(ticket: string, text: string): void {
  if (text === '') drafts.delete(ticket)
  else drafts.set(ticket, text)
}
