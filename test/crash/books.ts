import type { RunningRuntime } from '@textloom/runtime/testing/system'

/** A message as the API lists it: as much of CONTRACT §5 as is looked at here. */
export interface Message {
  readonly direction: 'mo' | 'mt'
  readonly phone: string
  readonly text: string
  readonly status: string
  /** Of MOs. */
  readonly outcome?: string
  /** Of MTs. */
  readonly possibleDuplicate?: boolean
}

/** Everything the product says was said since then, in epoch milliseconds. */
export async function booksOf(runtime: RunningRuntime, sinceMs = 0): Promise<Message[]> {
  const messages: Message[] = []
  const since = new Date(sinceMs).toISOString()
  let cursor: string | null = ''
  while (cursor !== null) {
    const response = await runtime.api(`/api/v1/messages?limit=200&since=${since}${cursor && `&cursor=${cursor}`}`)
    if (!response.ok) throw new Error(`GET /api/v1/messages: ${response.status} ${await response.text()}`)
    const page = (await response.json()) as { items: Message[]; nextCursor: string | null }
    messages.push(...page.items)
    cursor = page.nextCursor
  }
  return messages
}

/** Texts by phone; numbers as SMPP writes them, without +. */
export function textsByPhone(messages: readonly Message[]): Map<string, Set<string>> {
  const byPhone = Map.groupBy(messages, ({ phone }) => phone.replace(/^\+/, ''))
  return new Map([...byPhone].map(([phone, its]) => [phone, new Set(its.map(({ text }) => text))]))
}
