import {
  IconAntennaBars5,
  IconApi,
  IconArrowsShuffle,
  IconArrowsSplit2,
  IconAsterisk,
  IconCalendarTime,
  IconClipboardData,
  IconClockHour4,
  IconClockPause,
  IconFlag,
  IconHourglass,
  IconIdBadge2,
  IconKey,
  IconLanguage,
  IconListNumbers,
  IconMathFunction,
  IconMessage,
  IconMessagePause,
  IconMessageQuestion,
  IconPlugConnected,
  type IconProps,
  IconRepeat,
  IconSpeakerphone,
  IconSquareRounded,
  IconTicket,
  IconUserCheck,
  IconUserPlus,
  IconUsersGroup,
  IconVariable,
} from '@tabler/icons-react'
import type { NodeFamily } from '@textloom/core'
import type { ComponentType, CSSProperties } from 'react'

const icons: Readonly<Record<string, ComponentType<IconProps>>> = {
  'antenna-bars-5': IconAntennaBars5,
  api: IconApi,
  'arrows-shuffle': IconArrowsShuffle,
  'arrows-split-2': IconArrowsSplit2,
  asterisk: IconAsterisk,
  'calendar-time': IconCalendarTime,
  'clipboard-data': IconClipboardData,
  'clock-hour-4': IconClockHour4,
  'clock-pause': IconClockPause,
  flag: IconFlag,
  hourglass: IconHourglass,
  'id-badge-2': IconIdBadge2,
  key: IconKey,
  language: IconLanguage,
  'list-numbers': IconListNumbers,
  'math-function': IconMathFunction,
  message: IconMessage,
  'message-pause': IconMessagePause,
  'message-question': IconMessageQuestion,
  'plug-connected': IconPlugConnected,
  repeat: IconRepeat,
  speakerphone: IconSpeakerphone,
  ticket: IconTicket,
  'user-check': IconUserCheck,
  'user-plus': IconUserPlus,
  'users-group': IconUsersGroup,
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
