import { countSegments, gsm7Replacement, replaceForGsm7, type SegmentInfo, type Ucs2Cause } from '@textloom/sms'
import type { FlowName } from './flow-names.ts'
import { firstPath, templateParts } from './template-parts.ts'

/** What a message costs, and why. */
export interface SegmentSummary {
  /** Of the text with sample values in place of its variables. */
  readonly info: SegmentInfo
  /** Characters of the author's own text that make it UCS-2; `index` counts within the template. */
  readonly causes: readonly Ucs2Cause[]
  /** Each variable that was counted, with the value it was counted with. */
  readonly counted: readonly { readonly label: string; readonly sample: string }[]
  /** The text has conditions: all their branches were counted, so it is never more than this. */
  readonly isAtMost: boolean
  /** The cost with every replaceable character replaced; absent when that changes nothing. */
  readonly ifReplaced?: SegmentInfo
  /** The cost without the characters that nothing replaces (emoji, other scripts); absent when there are none. */
  readonly ifRemoved?: SegmentInfo
}

/** Counts a message as it would be sent. */
export function summariseSegments(template: string, names: readonly FlowName[]): SegmentSummary {
  const parts = templateParts(template)
  const counted = new Map<string, string>()
  const sampleFor = (output: string): string => {
    const path = firstPath(output)
    const name = names.find((each) => each.path === path)
    const sample = name?.sample ?? 'something'
    counted.set(name?.label ?? path ?? output, sample)
    return sample
  }
  const render = (write: (text: string) => string): string =>
    parts
      .map(({ kind, source }) => (kind === 'text' ? write(source) : kind === 'output' ? sampleFor(source) : ''))
      .join('')
  const info = countSegments(render((text) => text))
  const causes = parts.flatMap(({ kind, source, from }) =>
    kind === 'text' ? countSegments(source).ucs2Because.map((cause) => ({ ...cause, index: cause.index + from })) : [],
  )
  const stuck = causes.filter(({ replacement }) => replacement === undefined)
  const isReplaceable = causes.length > stuck.length
  return {
    info,
    causes,
    counted: [...counted].map(([label, sample]) => ({ label, sample })),
    isAtMost: parts.some(({ kind }) => kind === 'tag'),
    ...(isReplaceable ? { ifReplaced: countSegments(render(replaceForGsm7)) } : {}),
    ...(stuck.length > 0 ? { ifRemoved: countSegments(render(withoutForeign)) } : {}),
  }
}

/** The template with characters that GSM 7-bit lacks replaced by what it has instead; variables stay as they are. */
export function replaceInTemplate(template: string): string {
  return templateParts(template)
    .map(({ kind, source }) => (kind === 'text' ? replaceForGsm7(source) : source))
    .join('')
}

/** One line for people: why a text is UCS-2 and what that costs; undefined for GSM 7-bit. */
export function whyUcs2({ info, causes, ifReplaced, ifRemoved }: SegmentSummary): string | undefined {
  if (info.encoding === 'gsm7') return undefined
  if (causes.length === 0) return 'A value that is filled in needs Unicode, which has room for 70 characters, not 160.'
  const shown = [...new Set(causes.map(({ character }) => visible(character)))]
  const list = shown.length > 4 ? `${shown.slice(0, 4).join(' ')} and ${shown.length - 4} more` : shown.join(' ')
  const best = ifRemoved ?? ifReplaced
  const cost =
    best && best.segments < info.segments
      ? `: ${info.segments} segments instead of ${best.segments}`
      : `: room for ${info.segments === 1 ? 70 : 67} characters instead of ${info.segments === 1 ? 160 : 153}`
  return `${list} ${shown.length === 1 ? 'needs' : 'need'} Unicode${cost}.`
}

/** A character that nobody would see gets its name. */
export function visible(character: string): string {
  if (/^[\s\p{Default_Ignorable_Code_Point}]+$/u.test(character)) {
    const codePoint = character.codePointAt(0) ?? 0
    return invisible[codePoint] ?? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  }
  return character
}

const invisible: Readonly<Record<number, string>> = {
  9: 'tab',
  160: 'no-break space',
  8203: 'zero-width space',
  8239: 'narrow space',
  65279: 'byte order mark',
}

function withoutForeign(text: string): string {
  const replaced = replaceForGsm7(text)
  const { ucs2Because } = countSegments(replaced)
  return ucs2Because
    .filter(({ character }) => gsm7Replacement(character) === undefined)
    .reduceRight((rest, { character, index }) => rest.slice(0, index) + rest.slice(index + character.length), replaced)
}
