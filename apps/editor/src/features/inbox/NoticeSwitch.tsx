import { Button } from '@mantine/core'
import { IconBell, IconBellOff, IconBellRinging } from '@tabler/icons-react'
import { chooseNotices, useNoticeChoice } from './notice-choice.ts'

/** The button that lets the browser tell of new texts. */
export function NoticeSwitch() {
  const choice = useNoticeChoice()
  if (choice === 'unknown-here') return null
  if (choice === 'blocked') {
    return (
      <span className="tl-inbox-blocked" title="Allow notifications for this page in your browser’s settings.">
        <IconBellOff size={16} aria-hidden /> Notifications blocked
      </span>
    )
  }
  const isOn = choice === 'on'
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-pressed={isOn}
      leftSection={isOn ? <IconBellRinging size={16} aria-hidden /> : <IconBell size={16} aria-hidden />}
      onClick={() => void chooseNotices(!isOn)}
    >
      {isOn ? 'Notifying you' : 'Notify me'}
    </Button>
  )
}
