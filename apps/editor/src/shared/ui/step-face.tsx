import {
  IconApi,
  IconArrowsSplit2,
  IconAsterisk,
  IconFlag,
  IconHourglass,
  IconKey,
  IconListNumbers,
  IconMessage,
  IconMessageQuestion,
  type IconProps,
  IconSquareRounded,
  IconVariable,
} from '@tabler/icons-react'
import type { NodeFamily } from '@textloom/core'
import type { ComponentType, CSSProperties } from 'react'

const icons: Readonly<Record<string, ComponentType<IconProps>>> = {
  api: IconApi,
  'arrows-split-2': IconArrowsSplit2,
  asterisk: IconAsterisk,
  flag: IconFlag,
  hourglass: IconHourglass,
  key: IconKey,
  'list-numbers': IconListNumbers,
  message: IconMessage,
  'message-question': IconMessageQuestion,
  variable: IconVariable,
}

/** The drawers of the palette in order, in a marketer's words. */
export const familyNames: Readonly<Record<NodeFamily, string>> = {
  start: 'Start',
  talk: 'Talk',
  wait: 'Wait',
  decide: 'Decide',
  do: 'Do',
  people: 'People',
  end: 'End',
}

/** Sets `--tl-hue`, the colour of a family, for what is inside. */
export function hueOf(family: NodeFamily | undefined): CSSProperties {
  return { '--tl-hue': `var(--tl-family-${family ?? 'end'})` } as CSSProperties
}

/** The icon a node type names. */
export function StepIcon({ name, size = 18 }: { name: string | undefined; size?: number }) {
  const Icon = icons[name ?? ''] ?? IconSquareRounded
  return <Icon size={size} stroke={1.7} aria-hidden />
}
