import { Button, Modal, Select, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { HandOver } from './HandOver.tsx'
import { type KeyPurpose, keyPurposes, scopeWords } from './model/roles.ts'
import { type Key, useKeys, useMakeKey, useRevokeKey } from './use-settings.ts'

/** Keys by which programs use the API. */
export function Keys({ mayChange }: { mayChange: boolean }) {
  const keys = useKeys()
  const revoke = useRevokeKey()
  const [isMaking, setMaking] = useState(false)
  const [ending, setEnding] = useState<Key>()
  const alive = keys.data?.items.filter(({ revokedAt }) => revokedAt === null)
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>API keys</h2>
          <p>
            For programs that start conversations or send messages. <a href="/docs">What the API can do</a>
          </p>
        </div>
        {mayChange && (
          <Button variant="default" leftSection={<IconKey size={17} aria-hidden />} onClick={() => setMaking(true)}>
            Make a key
          </Button>
        )}
      </header>
      {keys.isPending && <LoadingState what="keys" />}
      {keys.isError && <ErrorState error={keys.error} retry={() => void keys.refetch()} />}
      {alive?.length === 0 && <p className="tl-setting-none">No keys: only people use this instance.</p>}
      <ul className="tl-setting-list">
        {alive?.map((key) => (
          <li key={key.id}>
            <div>
              <strong>{key.label}</strong>
              <span>
                {key.prefix}… · {scopeWords(key.scopes)} ·{' '}
                {key.lastUsedAt === null ? 'never used' : `used ${day.format(new Date(key.lastUsedAt))}`}
              </span>
            </div>
            {mayChange && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Revoke the key ${key.label}`}
                onClick={() => setEnding(key)}
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isMaking && <KeyForm onClose={() => setMaking(false)} />}
      {ending && (
        <Modal
          opened
          onClose={() => setEnding(undefined)}
          title={`Revoke ${ending.label}?`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p className="tl-form-lead">
            Whatever uses this key is refused from its next request on. It cannot be undone.
          </p>
          <div className="tl-form-deeds">
            <Button variant="default" data-autofocus onClick={() => setEnding(undefined)}>
              Keep it
            </Button>
            <Button
              color="red"
              loading={revoke.isPending}
              onClick={() => revoke.mutate(ending.id, { onSettled: () => setEnding(undefined) })}
            >
              Revoke
            </Button>
          </div>
        </Modal>
      )}
    </section>
  )
}

function KeyForm({ onClose }: { onClose(): void }) {
  const [label, setLabel] = useState('')
  const [purpose, setPurpose] = useState<KeyPurpose>('start')
  const make = useMakeKey()
  const { fields, form } = formErrors(make.error, ['label'])
  if (make.data) {
    return (
      <HandOver
        title={`The key for ${make.data.label}`}
        about="Copy it now: it is shown this once and never again."
        secret={make.data.key}
        onClose={onClose}
      />
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate({ label, scopes: [...keyPurposes[purpose].scopes] })
  }
  return (
    <Modal opened onClose={onClose} title="Make a key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="What uses it"
          placeholder="Web shop"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={label}
          error={fields.get('label')}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <Select
          label="What it may do"
          data={Object.entries(keyPurposes).map(([value, { name }]) => ({ value, label: name }))}
          allowDeselect={false}
          value={purpose}
          onChange={(value) => value !== null && setPurpose(value as KeyPurpose)}
        />
        <FormEnd refusal={form} deed="Make the key" isBusy={make.isPending} onClose={onClose} />
      </form>
    </Modal>
  )
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
