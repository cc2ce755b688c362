import type { Address, OwnConsentWords } from '@textloom/core'

/** What turns know of a channel. */
export interface ChannelRoute {
  readonly id: string
  readonly address: Address
  /** Link ids in fail-over order. */
  readonly links: readonly string[]
  /** ISO 3166 code by which national numbers are read. */
  readonly country?: string
  /** IANA time zone of its contacts, while nothing better is known of one. */
  readonly timezone?: string
  /** BCP 47 tags, the channel's own language first. */
  readonly languages: readonly string[]
  /** False where STOP, START and HELP are left to the flows. */
  readonly hasKeywords: boolean
  /** More words for those, and some that are left to the flows. */
  readonly words?: OwnConsentWords
  readonly texts: ChannelTexts
  /** How long an MT may wait before it is given up, milliseconds. */
  readonly validityMs: number
  /** How many texts of a phone may repeat an earlier one of half an hour; absent for the default, 0 for any number. */
  readonly repeats?: number
  /** How many texts of a phone are answered in a minute; absent for any number. */
  readonly textsPerMinute?: number
  /** Segments a second; absent for no limit but the links' own. */
  readonly messagesPerSecond?: number
  /** Segments a day; absent for no limit. */
  readonly dailyQuota?: number
}

/** What a channel says by itself. */
export interface ChannelTexts {
  /** Confirms STOP. */
  readonly stop: string
  /** Confirms START. */
  readonly start: string
  readonly help: string
  /** Answers an MO that no flow wants; without it such an MO is a dead letter. */
  readonly fallback?: string
}
