import { Button, Popover, Select } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import type { JsonObject } from '@textloom/core'
import { useState } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { WeekHours } from '../../../shared/hours/WeekHours.tsx'
import { zonesWith } from '../../../shared/hours/zones.ts'

interface HoursCellProps {
  /** Data of a split by opening hours. */
  readonly hours: JsonObject | undefined
  onChange(hours: JsonObject | undefined): void
}

/** When a row counts: always, or in some hours of the week. */
export function HoursCell({ hours, onChange }: HoursCellProps) {
  const { registry } = useFlowEditor()
  const [isOpen, setOpen] = useState(false)
  const words = hours === undefined ? 'Always' : wordsOf(hours, registry.get('split-hours')?.describe(hours).body)
  const zone = typeof hours?.zone === 'string' ? hours.zone : null
  const open = () => {
    if (hours === undefined) onChange({ hours: officeHours() })
    setOpen(true)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className="tl-answer-limit"
          data-set={hours !== undefined || undefined}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={`Hours: ${words}`}
          onClick={isOpen ? () => setOpen(false) : open}
        >
          <IconClockHour4 size={15} aria-hidden />
          <span>{words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Hours of this row" className="tl-answer-hours" data-undo="document">
        <WeekHours label="Hours" value={hours?.hours} onChange={(week) => onChange({ ...hours, hours: week })} />
        <Select
          label="Time zone"
          placeholder="The contact's own"
          data={zonesWith(zone)}
          value={zone}
          searchable
          clearable
          limit={60}
          size="xs"
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => onChange(withZone(hours, next))}
        />
        <div className="tl-answer-hours-deeds">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              onChange(undefined)
              setOpen(false)
            }}
          >
            Always
          </Button>
          <Button size="compact-sm" onClick={() => setOpen(false)}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function wordsOf({ holidays }: JsonObject, body = ''): string {
  const closed = Array.isArray(holidays) && holidays.length > 0 ? ', but for holidays' : ''
  return `${body.replaceAll('\n', ', ')}${closed}`
}

function withZone(hours: JsonObject | undefined, zone: string | null): JsonObject {
  const { zone: _, ...rest } = hours ?? {}
  return zone === null ? rest : { ...rest, zone }
}

function officeHours(): JsonObject {
  return Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']]))
}
