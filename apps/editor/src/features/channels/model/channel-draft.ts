import { formatDuration, parseDuration } from '@textloom/core'

/** A channel as the API says it and takes it. */
export interface ChannelBody {
  readonly id: string
  readonly address: string
  readonly link: string | string[]
  readonly enabled?: boolean | undefined
  readonly messagesPerSecond?: number | undefined
  readonly dailyQuota?: number | undefined
  readonly country?: string | undefined
  readonly languages?: string[] | undefined
  readonly keywords?: boolean | undefined
  readonly stopText?: string | undefined
  readonly startText?: string | undefined
  readonly helpText?: string | undefined
  readonly fallbackText?: string | undefined
  readonly validity?: string | undefined
}

/** A channel as its form holds it: everything there, empty for what is left out. */
export interface ChannelDraft {
  readonly id: string
  readonly address: string
  readonly links: readonly string[]
  readonly enabled: boolean
  readonly messagesPerSecond: number | ''
  readonly dailyQuota: number | ''
  readonly country: string
  readonly languages: readonly string[]
  readonly keywords: boolean
  readonly stopText: string
  readonly startText: string
  readonly helpText: string
  readonly fallbackText: string
  readonly validityHours: number | ''
}

/** A channel that nothing is said about yet. */
export const blankChannel: ChannelDraft = {
  id: '',
  address: '',
  links: [],
  enabled: true,
  messagesPerSecond: '',
  dailyQuota: '',
  country: '',
  languages: [],
  keywords: true,
  stopText: '',
  startText: '',
  helpText: '',
  fallbackText: '',
  validityHours: '',
}

const hourMs = 3_600_000

/** Opens a channel in the form. */
export function draftOf(channel: ChannelBody): ChannelDraft {
  const { link, validity, languages, ...rest } = channel
  const told = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    ...blankChannel,
    ...told,
    links: linksOf(link),
    languages: languages ?? [],
    validityHours: validity === undefined ? '' : parseDuration(validity) / hourMs,
  }
}

/** The links of a channel in fail-over order. */
export function linksOf(link: string | readonly string[]): readonly string[] {
  return typeof link === 'string' ? [link] : link
}

/** What is sent: what was left empty is left out. */
export function bodyOf(draft: ChannelDraft): ChannelBody {
  const { id, address, links, enabled, keywords, validityHours, languages, country, ...rest } = draft
  const [only = '', ...others] = links
  const told = Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]): [string, string | number][] => {
      const plain = typeof value === 'string' ? value.trim() : value
      return plain === '' ? [] : [[name, plain]]
    }),
  )
  return {
    id: id.trim(),
    address: address.trim(),
    link: others.length === 0 ? only : [...links],
    enabled,
    ...told,
    ...(country.trim() === '' ? {} : { country: country.trim().toUpperCase() }),
    ...(languages.length === 0 ? {} : { languages: [...languages] }),
    ...(keywords ? {} : { keywords }),
    ...(validityHours === '' ? {} : { validity: formatDuration(Math.round(validityHours * hourMs)) }),
  }
}
