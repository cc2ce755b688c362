import { Modal, Select, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { LinkFieldControl } from './LinkFieldControl.tsx'
import { linkFields, type Schema, sectionsOf } from './model/link-fields.ts'
import { type Settings, settingsOf } from './model/link-settings.ts'
import { kindWords } from './model/link-words.ts'
import { type Link, useLinkKinds, useSaveLink } from './use-channels.ts'

interface LinkFormProps {
  /** Undefined for a new one. */
  readonly link: Link | undefined
  onClose(): void
}

/** Connects a network or changes how. What is asked for is what the schema of the link's kind says. */
export function LinkForm({ link, onClose }: LinkFormProps) {
  const kinds = useLinkKinds()
  return (
    <Modal
      opened
      onClose={onClose}
      title={link ? `Change ${link.id}` : 'Connect a network'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {kinds.isPending && <LoadingState what="settings" />}
      {kinds.isError && <ErrorState error={kinds.error} retry={() => void kinds.refetch()} />}
      {kinds.data && <Fields link={link} kinds={kinds.data} onClose={onClose} />}
    </Modal>
  )
}

function Fields({ link, kinds, onClose }: LinkFormProps & { kinds: ReadonlyMap<string, Schema> }) {
  const [id, setId] = useState(link?.id ?? '')
  const [kind, setKind] = useState(link?.kind ?? (kinds.has('smpp') ? 'smpp' : ([...kinds.keys()][0] ?? '')))
  const [enabled, setEnabled] = useState(link?.enabled ?? true)
  const fields = linkFields(kinds.get(kind) ?? {})
  const [settings, setSettings] = useState<Settings>(() => ({ ...link }))
  const save = useSaveLink(link === undefined)
  const errors = formErrors(save.error, ['id', ...fields.map(({ name }) => name)])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ id: id.trim(), kind, enabled, ...settingsOf(fields, settings) }, { onSuccess: onClose })
  }
  const control = (field: (typeof fields)[number]) => (
    <LinkFieldControl
      key={field.name}
      field={field}
      value={settings[field.name]}
      isStored={link?.secrets.includes(field.name) ?? false}
      error={errors.fields.get(field.name)}
      onChange={(value) => setSettings((before) => ({ ...before, [field.name]: value }))}
    />
  )
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced)
  return (
    <form className="tl-form" onSubmit={submit}>
      {link === undefined && (
        <>
          <Select
            label="Kind"
            description={kindWords(kind).about}
            data={[...kinds.keys()].map((value) => ({ value, label: kindWords(value).name }))}
            allowDeselect={false}
            value={kind}
            onChange={(value) => setKind(value ?? kind)}
          />
          <TextInput
            label="Name"
            description="What it is called here: letters, digits and hyphens. It stays."
            placeholder="operator-a"
            required
            withAsterisk={false}
            pattern="[A-Za-z0-9_\-]{1,64}"
            value={id}
            error={errors.fields.get('id')}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
        </>
      )}
      {fields.filter(({ isAdvanced }) => !isAdvanced).map(control)}
      {advanced.length > 0 && (
        <details className="tl-form-more" open={advanced.some(({ name }) => errors.fields.has(name)) || undefined}>
          <summary>More settings, where the operator asks for them</summary>
          {sectionsOf(advanced).map(({ section, fields: some }) => (
            <section key={section ?? ''} className="tl-form-section">
              {section !== undefined && <h3>{section}</h3>}
              <div className="tl-form tl-form-pair">{some.map(control)}</div>
            </section>
          ))}
        </details>
      )}
      <Switch
        label="In service"
        checked={enabled}
        onChange={({ currentTarget }) => setEnabled(currentTarget.checked)}
      />
      <FormEnd
        refusal={errors.form}
        deed={link ? 'Save and reconnect' : 'Connect'}
        isBusy={save.isPending}
        onClose={onClose}
      />
    </form>
  )
}
