/** A running conversation: which version it is held by. */
export interface Running {
  readonly revision: number | null
}

/** Who is in the middle of the flow, as a sentence; undefined for nobody. `isMore`: there are more than were read. */
export function midFlowWords(running: readonly Running[], isMore: boolean): string | undefined {
  if (running.length === 0) return undefined
  const versions = [...new Set(running.flatMap(({ revision }) => revision ?? []))].sort((a, b) => a - b)
  const who =
    running.length === 1 && !isMore
      ? '1 person is in the middle of it and finishes'
      : `${running.length}${isMore ? ' people or more' : ' people'} are in the middle of it and finish`
  return versions.length === 0 ? `${who} as begun.` : `${who} on ${listed(versions.map((version) => `v${version}`))}.`
}

/** What publishing did. */
export function publishedWords(revision: number, channels: readonly string[]): string {
  if (channels.length === 0) return `v${revision} is published. It listens nowhere yet.`
  return `v${revision} listens on ${listed(channels)}.`
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)
}
