import {
  IconAntennaBars5,
  IconApi,
  IconArrowsShuffle,
  IconArrowsSplit2,
  IconAsterisk,
  IconBellRinging,
  IconCalendarTime,
  IconClipboardCheck,
  IconClipboardData,
  IconClockHour4,
  IconClockPause,
  IconFlag,
  IconHeadset,
  IconHourglass,
  IconIdBadge2,
  IconKey,
  IconLanguage,
  IconLink,
  IconListNumbers,
  IconMathFunction,
  IconMessage,
  IconMessagePause,
  IconMessageQuestion,
  IconMoodSmile,
  IconPlugConnected,
  type IconProps,
  IconRepeat,
  IconShieldCheck,
  IconSpeakerphone,
  IconSquareRounded,
  IconSubtask,
  IconTicket,
  IconUserCheck,
  IconUserEdit,
  IconUserPlus,
  IconUsersGroup,
  IconUsersPlus,
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
  'bell-ringing': IconBellRinging,
  'calendar-time': IconCalendarTime,
  'clipboard-check': IconClipboardCheck,
  'clipboard-data': IconClipboardData,
  'clock-hour-4': IconClockHour4,
  'clock-pause': IconClockPause,
  flag: IconFlag,
  headset: IconHeadset,
  hourglass: IconHourglass,
  'id-badge-2': IconIdBadge2,
  key: IconKey,
  language: IconLanguage,
  link: IconLink,
  'list-numbers': IconListNumbers,
  'math-function': IconMathFunction,
  message: IconMessage,
  'message-pause': IconMessagePause,
  'message-question': IconMessageQuestion,
  'mood-smile': IconMoodSmile,
  'plug-connected': IconPlugConnected,
  repeat: IconRepeat,
  'shield-check': IconShieldCheck,
  speakerphone: IconSpeakerphone,
  subtask: IconSubtask,
  ticket: IconTicket,
  'user-check': IconUserCheck,
  'user-edit': IconUserEdit,
  'user-plus': IconUserPlus,
  'users-group': IconUsersGroup,
  'users-plus': IconUsersPlus,
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
