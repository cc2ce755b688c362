import type { ChannelInfo, Contact, Json } from '@textloom/core'
import { renderText, TemplateError, templateVariables } from '@textloom/engine'
import type { ChannelRoute } from '../host/channel-route.ts'
import type { Member } from './audience.ts'
import type { MessageVariant } from './campaign-schema.ts'
import { shareOf } from './share.ts'

/** The text of a variant for one contact. */
export interface TextFor {
  readonly text: string
  /** The language it is in. */
  readonly language: string
  /** True where the contact's own language has no text. */
  readonly isFallback: boolean
  /** Fields of the contact that the text shows and that are empty. */
  readonly blanks: readonly string[]
}

/** Writes a variant for a contact: in their language, else in the channel's, else in the first. */
export function textFor(
  { texts }: Pick<MessageVariant, 'texts'>,
  member: Member,
  { route, now }: { readonly route: ChannelRoute; readonly now: number },
): TextFor | { readonly problem: string } {
  const { template, language, isFallback } = templateFor(texts, member.language, route.languages)
  const contact = contactOf(member)
  const context = { vars: {}, params: {}, results: {}, reply: { text: '' }, contact, channel: channelOf(route) }
  const random = () => shareOf('text', member.phone, template)
  try {
    const text = renderText(template, { context, now, random })
    if (text.trim() === '') return { problem: 'The text is empty.' }
    return { text, language, isFallback, blanks: blanksOf(template, contact) }
  } catch (error) {
    if (error instanceof TemplateError) return { problem: error.message }
    throw error
  }
}

function templateFor(texts: MessageVariant['texts'], wanted: string | null, languages: readonly string[]) {
  const own = wanted === null ? [] : [wanted, wanted.split('-')[0] ?? wanted]
  const language = [...own, ...languages, ...Object.keys(texts)].find((tag) => texts[tag] !== undefined) ?? ''
  return { template: texts[language] ?? '', language, isFallback: wanted !== null && !own.includes(language) }
}

function blanksOf(template: string, contact: Contact): string[] {
  const shown = templateVariables(template).flatMap(({ segments: [root, ...path] }) =>
    root === 'contact' ? [path] : [],
  )
  const names = new Set(shown.map((path) => path.join('.')))
  return [...names].filter((name) => isBlank(valueAt(contact as unknown as Json, name.split('.'))))
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let at = value
  for (const name of path) {
    if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, name)) return undefined
    at = (at as { readonly [name: string]: Json })[name]
  }
  return at
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function contactOf({ phone, name, language, timezone, fields, groups }: Member): Contact {
  return {
    phone,
    ...(name !== null && { name }),
    ...(language !== null && { language }),
    ...(timezone !== null && { timezone }),
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
    groups,
  }
}

function channelOf({ id, address, languages, country, timezone }: ChannelRoute): ChannelInfo {
  return {
    id,
    address,
    languages,
    ...(country !== undefined && { country }),
    ...(timezone !== undefined && { timezone }),
  }
}
