import { Input, NativeSelect, NumberInput, Radio, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { zonesWith } from '../../shared/hours/zones.ts'
import { scheduleOf } from './model/new-campaign.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import type { StepProps } from './step-props.ts'
import type { Definition } from './use-campaigns.ts'

const kinds = [
  { value: 'now', label: 'At once', hint: 'As soon as it is launched.' },
  { value: 'once', label: 'On a day', hint: 'One day, one time.' },
  { value: 'recurring', label: 'Again and again', hint: 'Every day, week or month.' },
  { value: 'relative', label: 'Around a date', hint: 'Such as the evening before an appointment.' },
] as const

const busy = [
  { value: 'queue', label: 'Wait until they are free' },
  { value: 'skip', label: 'Leave them out' },
  { value: 'interrupt', label: 'End their conversation' },
]

/** When it leaves, how fast, and when it must not. */
export function WhenStep({ definition, fields, isOff, change }: StepProps) {
  const { schedule, timezone, quiet, holidays, whenBusy, perMinute, spread, expiry, alert } = definition
  return (
    <div className="tl-form">
      {alert === undefined ? (
        <>
          <Radio.Group
            label="It leaves"
            value={schedule.kind}
            onChange={(kind) => change({ schedule: scheduleOf(kind as typeof schedule.kind, Date.now()) })}
          >
            <div className="tl-campaign-kinds">
              {kinds.map(({ value, label, hint }) => (
                <Radio.Card key={value} value={value} disabled={isOff} className="tl-campaign-kind">
                  <strong>{label}</strong>
                  <small>{hint}</small>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          <ScheduleFields
            schedule={schedule}
            isOff={isOff}
            error={fields.get('schedule')}
            onChange={(next) => change({ schedule: next })}
          />
        </>
      ) : (
        <AlertFields alert={alert} isOff={isOff} error={fields.get('alert')} change={change} />
      )}
      <div className="tl-form-pair">
        <Select
          label="Time zone"
          description="Of the campaign, and of contacts whose zone nothing tells."
          searchable
          limit={60}
          allowDeselect={false}
          disabled={isOff}
          nothingFoundMessage="No zone of this name"
          value={timezone}
          error={fields.get('timezone')}
          data={zonesWith(timezone)}
          onChange={(zone) => zone !== null && change({ timezone: zone })}
        />
        <Input.Wrapper
          labelElement="div"
          label="Quiet hours"
          description="By each contact's clock; nothing leaves then."
          error={fields.get('quiet')}
        >
          <div className="tl-campaign-quiet">
            <Switch
              aria-label="Quiet hours"
              checked={quiet !== null}
              disabled={isOff}
              onChange={({ currentTarget }) =>
                change({ quiet: currentTarget.checked ? { from: '21:00', to: '08:00' } : null })
              }
            />
            {quiet === null ? (
              <span>None</span>
            ) : (
              <>
                <TextInput
                  type="time"
                  aria-label="Quiet from"
                  disabled={isOff}
                  value={quiet.from}
                  onChange={({ currentTarget }) => change({ quiet: { ...quiet, from: currentTarget.value } })}
                />
                <span aria-hidden>–</span>
                <TextInput
                  type="time"
                  aria-label="Quiet until"
                  disabled={isOff}
                  value={quiet.to}
                  onChange={({ currentTarget }) => change({ quiet: { ...quiet, to: currentTarget.value } })}
                />
              </>
            )}
          </div>
        </Input.Wrapper>
      </div>
      <Switch
        label="Nothing on holidays"
        description="Of the country of each number, as they are listed for all campaigns."
        checked={holidays}
        disabled={isOff}
        onChange={({ currentTarget }) => change({ holidays: currentTarget.checked })}
      />
      {alert === undefined && (
        <details className="tl-form-more">
          <summary>Pace, lateness, and people who are busy</summary>
          <div className="tl-form">
            <div className="tl-form-pair">
              <NumberInput
                label="People a minute, at most"
                description="Empty: as fast as the channel sends."
                min={1}
                max={600_000}
                disabled={isOff}
                value={perMinute ?? ''}
                error={fields.get('perMinute')}
                onChange={(value) => change(withOrWithout('perMinute', typeof value === 'number' ? value : undefined))}
              />
              <NativeSelect
                label="Spread over"
                description="So that replies do not come all at once."
                disabled={isOff}
                value={spread ?? ''}
                data={[
                  { value: '', label: 'Not spread' },
                  { value: 'PT15M', label: '15 minutes' },
                  { value: 'PT1H', label: '1 hour' },
                  { value: 'PT4H', label: '4 hours' },
                  { value: 'PT8H', label: '8 hours' },
                ]}
                onChange={({ currentTarget: { value } }) => change(withOrWithout('spread', value || undefined))}
              />
            </div>
            <div className="tl-form-pair">
              <NativeSelect
                label="Too late after"
                description="What could not leave by then is left out."
                disabled={isOff}
                value={expiry}
                data={[
                  ...(lateness.some((one) => one.value === expiry) ? [] : [{ value: expiry, label: expiry }]),
                  ...lateness,
                ]}
                onChange={({ currentTarget }) => change({ expiry: currentTarget.value })}
              />
              <NativeSelect
                label="In another conversation"
                description="What happens where a flow is running."
                disabled={isOff}
                value={whenBusy}
                data={busy}
                onChange={({ currentTarget }) => change({ whenBusy: currentTarget.value as Definition['whenBusy'] })}
              />
            </div>
          </div>
        </details>
      )}
    </div>
  )
}

const lateness = [
  { value: 'PT30M', label: '30 minutes' },
  { value: 'PT2H', label: '2 hours' },
  { value: 'PT12H', label: '12 hours' },
  { value: 'P1D', label: '1 day' },
  { value: 'P3D', label: '3 days' },
]

function AlertFields(props: {
  readonly alert: NonNullable<Definition['alert']>
  readonly isOff: boolean
  readonly error: string | undefined
  change(changed: Partial<Definition>): void
}) {
  const { alert, isOff, error, change } = props
  const put = (changed: Partial<typeof alert>) => change({ alert: { ...alert, ...changed } })
  return (
    <>
      <p className="tl-form-lead">
        An alert leaves at once and before everything else, after two people have agreed to it. Any reply counts as
        “read”; who says nothing is texted again, and listed.
      </p>
      <Textarea
        label="Why it may come at night"
        description="Ten characters or more send it in quiet hours and on holidays too; the reason is kept. Empty: it waits for the morning."
        autosize
        minRows={2}
        disabled={isOff}
        value={alert.reason ?? ''}
        error={error}
        onChange={({ currentTarget: { value } }) => {
          const { reason: _reason, ...rest } = alert
          change({ alert: value === '' ? rest : { ...rest, reason: value } })
        }}
      />
      <div className="tl-form-pair">
        <NativeSelect
          label="Text the silent again after"
          disabled={isOff}
          value={alert.again}
          data={[
            { value: 'PT5M', label: '5 minutes' },
            { value: 'PT10M', label: '10 minutes' },
            { value: 'PT30M', label: '30 minutes' },
            { value: 'PT1H', label: '1 hour' },
          ]}
          onChange={({ currentTarget }) => put({ again: currentTarget.value })}
        />
        <NumberInput
          label="How many times"
          min={0}
          max={3}
          disabled={isOff}
          value={alert.times}
          onChange={(times) => put({ times: Number(times) || 0 })}
        />
      </div>
    </>
  )
}

/** One field with a value, or without it: `undefined` takes it away, and is not sent. */
function withOrWithout<Name extends 'perMinute' | 'spread'>(
  name: Name,
  value: Definition[Name] | undefined,
): Partial<Definition> {
  return { [name]: value } as Partial<Definition>
}
