import type { EndData } from './schema.ts'

/** What an end says of the conversation, for its card. */
export function inWords({ outcome, label }: EndData): string {
  const name = outcome === 'completed' ? 'Completed' : 'Handed over'
  return label ? `${name}: ${label}` : name
}
