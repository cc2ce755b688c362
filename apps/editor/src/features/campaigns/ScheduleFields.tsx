import { Button, Chip, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Definition } from './use-campaigns.ts'

type Schedule = Definition['schedule']
type Offset = Extract<Schedule, { kind: 'relative' }>['offsets'][number]

const weekdays = [
  ['MO', 'Mon'],
  ['TU', 'Tue'],
  ['WE', 'Wed'],
  ['TH', 'Thu'],
  ['FR', 'Fri'],
  ['SA', 'Sat'],
  ['SU', 'Sun'],
] as const

/** The day and time of a schedule, of whatever kind it is. */
export function ScheduleFields(props: {
  readonly schedule: Schedule
  readonly isOff: boolean
  readonly error: string | undefined
  onChange(schedule: Schedule): void
}) {
  const { schedule, isOff, error, onChange } = props
  switch (schedule.kind) {
    case 'now':
      return null
    case 'once':
      return (
        <div className="tl-form-pair">
          <TextInput
            type="date"
            label="Day"
            disabled={isOff}
            value={schedule.date}
            error={error}
            onChange={({ currentTarget }) => onChange({ ...schedule, date: currentTarget.value })}
          />
          <TimeOfDay schedule={schedule} isOff={isOff} onChange={onChange} />
        </div>
      )
    case 'recurring':
      return (
        <>
          <Rule rule={schedule.rule} isOff={isOff} error={error} onChange={(rule) => onChange({ ...schedule, rule })} />
          <div className="tl-form-pair">
            <TextInput
              type="date"
              label="From"
              disabled={isOff}
              value={schedule.from}
              onChange={({ currentTarget }) => onChange({ ...schedule, from: currentTarget.value })}
            />
            <TimeOfDay schedule={schedule} isOff={isOff} onChange={onChange} />
          </div>
        </>
      )
    case 'relative':
      return (
        <>
          <TextInput
            label="Field"
            description="The field of the contact that holds the date. A date that moves takes its reminders along; one that is cleared has none."
            disabled={isOff}
            value={schedule.field}
            error={error}
            onChange={({ currentTarget }) => onChange({ ...schedule, field: currentTarget.value })}
          />
          <ul className="tl-campaign-offsets" aria-label="Reminders">
            {schedule.offsets.map((offset, index) => (
              <li key={index}>
                <OffsetFields
                  offset={offset}
                  isOff={isOff}
                  onChange={(changed) =>
                    onChange({
                      ...schedule,
                      offsets: schedule.offsets.map((one, at) => (at === index ? changed : one)),
                    })
                  }
                />
                {schedule.offsets.length > 1 && !isOff && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove reminder ${index + 1}`}
                    onClick={() => onChange({ ...schedule, offsets: schedule.offsets.filter((_, at) => at !== index) })}
                  >
                    <IconX size={15} aria-hidden />
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {!isOff && schedule.offsets.length < 10 && (
            <div>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={15} aria-hidden />}
                onClick={() => onChange({ ...schedule, offsets: [...schedule.offsets, { days: -1, time: '18:00' }] })}
              >
                Another reminder
              </Button>
            </div>
          )}
        </>
      )
  }
}

function TimeOfDay(props: {
  readonly schedule: Extract<Schedule, { kind: 'once' | 'recurring' }>
  readonly isOff: boolean
  onChange(schedule: Schedule): void
}) {
  const { schedule, isOff, onChange } = props
  return (
    <div className="tl-campaign-time">
      <TextInput
        type="time"
        label="Time"
        disabled={isOff}
        value={schedule.time}
        onChange={({ currentTarget }) => onChange({ ...schedule, time: currentTarget.value })}
      />
      <NativeSelect
        label="On the clock of"
        disabled={isOff}
        value={schedule.clock}
        data={[
          { value: 'contact', label: 'each contact' },
          { value: 'campaign', label: 'the campaign' },
        ]}
        onChange={({ currentTarget }) => onChange({ ...schedule, clock: currentTarget.value as typeof schedule.clock })}
      />
    </div>
  )
}

function Rule(props: {
  readonly rule: string
  readonly isOff: boolean
  readonly error: string | undefined
  onChange(rule: string): void
}) {
  const { rule, isOff, error, onChange } = props
  const weekly = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule)?.[1]?.split(',')
  const monthly = /^FREQ=MONTHLY;BYMONTHDAY=(-?\d+)$/.exec(rule)?.[1]
  const kind = rule === 'FREQ=DAILY' ? 'daily' : weekly ? 'weekly' : monthly === undefined ? 'rule' : 'monthly'
  const begin = {
    daily: 'FREQ=DAILY',
    weekly: 'FREQ=WEEKLY;BYDAY=MO',
    monthly: 'FREQ=MONTHLY;BYMONTHDAY=1',
    rule: 'FREQ=MONTHLY;BYDAY=1MO',
  }
  return (
    <div className="tl-form-pair">
      <NativeSelect
        label="It comes"
        disabled={isOff}
        value={kind}
        data={[
          { value: 'daily', label: 'Every day' },
          { value: 'weekly', label: 'On days of the week' },
          { value: 'monthly', label: 'On a day of the month' },
          { value: 'rule', label: 'By a rule (RFC 5545)' },
        ]}
        onChange={({ currentTarget }) => onChange(begin[currentTarget.value as keyof typeof begin])}
      />
      {weekly && (
        <Chip.Group
          multiple
          value={weekly}
          onChange={(days) =>
            days.length > 0 &&
            onChange(`FREQ=WEEKLY;BYDAY=${weekdays.flatMap(([day]) => (days.includes(day) ? [day] : [])).join(',')}`)
          }
        >
          <div className="tl-campaign-days">
            {weekdays.map(([day, label]) => (
              <Chip key={day} value={day} size="xs" disabled={isOff}>
                {label}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
      {kind === 'monthly' && (
        <NativeSelect
          label="Day"
          disabled={isOff}
          value={monthly ?? '1'}
          data={[
            ...Array.from({ length: 31 }, (_, day) => ({ value: String(day + 1), label: `${day + 1}.` })),
            { value: '-1', label: 'The last' },
          ]}
          onChange={({ currentTarget }) => onChange(`FREQ=MONTHLY;BYMONTHDAY=${currentTarget.value}`)}
        />
      )}
      {kind === 'rule' && (
        <TextInput
          label="Rule"
          disabled={isOff}
          value={rule}
          error={error}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </div>
  )
}

function OffsetFields(props: { readonly offset: Offset; readonly isOff: boolean; onChange(offset: Offset): void }) {
  const { offset, isOff, onChange } = props
  const isDays = 'days' in offset
  const amount = isDays ? offset.days : offset.minutes / 60
  return (
    <div className="tl-campaign-offset">
      <NumberInput
        aria-label="How long"
        w={78}
        min={0}
        disabled={isOff}
        value={Math.abs(amount)}
        onChange={(value) => {
          const size = (Number(value) || 0) * (amount > 0 ? 1 : -1)
          onChange(isDays ? { ...offset, days: Math.round(size) } : { minutes: Math.round(size * 60) })
        }}
      />
      <NativeSelect
        aria-label="Unit"
        disabled={isOff}
        value={isDays ? 'days' : 'hours'}
        data={[
          { value: 'days', label: 'days' },
          { value: 'hours', label: 'hours' },
        ]}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === 'days' ? { days: -1, time: '18:00' } : { minutes: -120 })
        }
      />
      <NativeSelect
        aria-label="Before or after"
        disabled={isOff}
        value={amount > 0 ? 'after' : 'before'}
        data={['before', 'after']}
        onChange={({ currentTarget }) => {
          const sign = currentTarget.value === 'after' ? 1 : -1
          const size = Math.abs(amount) * sign
          onChange(isDays ? { ...offset, days: size } : { minutes: size * 60 })
        }}
      />
      {isDays && (
        <>
          <span>at</span>
          <TextInput
            type="time"
            aria-label="At"
            disabled={isOff}
            value={offset.time}
            onChange={({ currentTarget }) => onChange({ ...offset, time: currentTarget.value })}
          />
        </>
      )}
    </div>
  )
}
