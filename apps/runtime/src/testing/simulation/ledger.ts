/** What an onlooker sees who stands beside phones and network and knows nothing of the product. Times are virtual. */
export type LedgerLine = { readonly at: number } & (
  | { readonly what: 'written'; readonly phone: string; readonly text: string; readonly n: number }
  /** Told the network by the product: this MO is safe. */
  | { readonly what: 'acknowledged'; readonly phone: string; readonly n: number }
  /** An MT has reached the network; `key` names it, on each of its attempts. */
  | { readonly what: 'received'; readonly phone: string; readonly text: string; readonly key: string }
  /** The session of a phone was stored under this number. */
  | { readonly what: 'stored'; readonly phone: string; readonly rev: number }
  /** Something was done to the product or its surroundings. */
  | { readonly what: 'fault'; readonly how: string }
)

/** What the product says of the MTs it wrote, by their keys. */
export type Account = ReadonlyMap<string, { readonly createdAt: number; readonly isPossibleDuplicate: boolean }>
