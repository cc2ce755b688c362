import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconBan, IconCircleCheck, IconClock, IconShieldCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { type Person, personDeeds, usePeopleDeed } from './use-people.ts'

/** What somebody agreed to, topic by topic, and the way to record more. */
export function ConsentCard({ person, mayChange }: { readonly person: Person; readonly mayChange: boolean }) {
  const [isAsking, setAsking] = useState(false)
  const { optedOut, refusedTopics, consents } = person
  const topics = Object.keys(consents).filter((topic) => topic !== '')
  const all = [...new Set([...topics, ...refusedTopics])].sort()
  const general = optedOut ? 'out' : (consents[''] ?? 'none')
  return (
    <section aria-labelledby="consent">
      <h2 id="consent">Consent</h2>
      <ul className="tl-paper tl-consents">
        <Said about="Messages at all" state={general} />
        {all.map((topic) => (
          <Said key={topic} about={topic} state={refusedTopics.includes(topic) ? 'out' : (consents[topic] ?? 'none')} />
        ))}
      </ul>
      {mayChange && (
        <Button
          className="tl-consent-add"
          variant="default"
          size="compact-sm"
          leftSection={<IconShieldCheck size={15} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          Record consent
        </Button>
      )}
      {isAsking && <ConsentForm person={person} onClose={() => setAsking(false)} />}
    </section>
  )
}

const words = {
  in: { Icon: IconCircleCheck, label: 'agreed', tone: 'good' },
  out: { Icon: IconBan, label: 'refused', tone: 'bad' },
  pending: { Icon: IconClock, label: 'asked, not confirmed', tone: 'warn' },
  none: { Icon: IconClock, label: 'nothing said', tone: undefined },
} as const

function Said({ about, state }: { readonly about: string; readonly state: keyof typeof words }) {
  const { Icon, label, tone } = words[state]
  return (
    <li>
      <span>{about}</span>
      <span className="tl-chip" data-tone={tone}>
        <Icon size={13} aria-hidden /> {label}
      </span>
    </li>
  )
}

function ConsentForm({ person, onClose }: { readonly person: Person; onClose(): void }) {
  const [values, setValues] = useState({ state: 'out', topic: '', words: '' })
  const record = usePeopleDeed(() => personDeeds.consent(person.phone, { ...values, source: 'agent' }))
  const isIn = values.state === 'in'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    record.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title="Record consent" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <NativeSelect
          label="They"
          value={values.state}
          data={[
            { value: 'out', label: 'refused' },
            { value: 'in', label: 'agreed' },
          ]}
          onChange={({ currentTarget }) => setValues({ ...values, state: currentTarget.value })}
        />
        <TextInput
          label="Topic"
          description="Empty: messages at all."
          maxLength={64}
          value={values.topic}
          onChange={({ currentTarget }) => setValues({ ...values, topic: currentTarget.value })}
        />
        <Textarea
          label={isIn ? 'What they said, or were shown' : 'What they said'}
          description={isIn ? 'It is kept as the proof, with your name and the time.' : undefined}
          required={isIn}
          withAsterisk={false}
          maxLength={2_000}
          autosize
          minRows={2}
          value={values.words}
          onChange={({ currentTarget }) => setValues({ ...values, words: currentTarget.value })}
        />
        <FormEnd refusal={record.error?.message} deed="Record" isBusy={record.isPending} onClose={onClose} />
      </form>
    </Modal>
  )
}
