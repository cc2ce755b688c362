/** Which part of how many, and of which of its phone's long texts. */
export interface Part {
  readonly sequence: number
  readonly total: number
  readonly reference: number
}

/** What an onlooker sees who stands beside phones and network and knows nothing of the product. Times are virtual. */
export type LedgerLine = { readonly at: number } & (
  | {
      readonly what: 'written'
      readonly phone: string
      readonly text: string
      readonly n: number
      readonly part?: Part
    }
  /** Told the network by the product: this MO is safe. */
  | { readonly what: 'acknowledged'; readonly phone: string; readonly n: number }
  /** An MT has reached the network; `key` names it, on each of its attempts. */
  | { readonly what: 'received'; readonly phone: string; readonly text: string; readonly key: string }
  /** Told the network by the product: this receipt is safe. */
  | { readonly what: 'reported'; readonly providerId: string }
  /** A request of a flow came to the service; `key` is the same on each of its attempts. */
  | { readonly what: 'asked'; readonly key: string; readonly answer: number }
  /** The product was asked to begin a flow with a phone, and said that it does or will. */
  | { readonly what: 'requested'; readonly phone: string; readonly k: number }
  /** The session of a phone was stored under this number. */
  | { readonly what: 'stored'; readonly phone: string; readonly rev: number }
  /** Something was done to the product or its surroundings. */
  | { readonly what: 'fault'; readonly how: string }
)

/** What the product says of the MTs it wrote, by their keys. */
export type Account = ReadonlyMap<
  string,
  {
    readonly createdAt: number
    readonly isPossibleDuplicate: boolean
    readonly state: string
    /** What the network called it, as far as the product knows. */
    readonly providerId: string | null
  }
>
