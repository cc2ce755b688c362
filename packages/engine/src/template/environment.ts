import { type ChannelInfo, type Contact, type Random, zoneOf } from '@textloom/core'
import type { Context } from 'liquidjs'

/** Time and chance inside templates, so that a session run twice is the same session twice. */
export interface TemplateEnvironment {
  /** Epoch milliseconds; what templates call `now`. */
  readonly now: number
  readonly random: Random
}

/** Where and in which language a text is read: decides how its dates and numbers are written. */
export interface Place {
  /** BCP 47 tag that Intl takes. */
  readonly language: string
  /** IANA time zone. */
  readonly zone: string
}

/** What filters can ask for beside their arguments. */
export type FilterEnvironment = TemplateEnvironment & Place

/** The contact's language and time zone; what is not known, or is none, comes from the channel, then English and UTC. */
export function placeOf(contact: Contact, channel: ChannelInfo): Place {
  const languages = [contact.language, ...(channel.languages ?? [])]
  return {
    language: languages.find((tag) => tag !== undefined && isLanguage(tag)) ?? 'en',
    zone: zoneOf(contact, channel),
  }
}

/** The environment that `renderContext` put into a rendering. */
export function environmentOf(context: Context): FilterEnvironment {
  return context.getRegister<FilterEnvironment>('environment')
}

/** Asked for each text of each session, about few tags; contacts can bring any, so not all are remembered. */
const judged = new Map<string, boolean>()
const mostJudged = 1_000

function isLanguage(tag: string): boolean {
  const known = judged.get(tag)
  if (known !== undefined) return known
  if (judged.size >= mostJudged) judged.clear()
  const isOne = isCanonical(tag)
  judged.set(tag, isOne)
  return isOne
}

function isCanonical(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}
