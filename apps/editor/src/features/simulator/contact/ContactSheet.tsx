import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useFlow } from '../../../document/hooks.tsx'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'
import { type ContactForm, formOfScenario, scenarioOfForm } from './contact-form.ts'
import './contact.css'

/** Who writes, when, and what the flow is started with. The conversation begins anew with it. */
export function ContactSheet({ simulator, onDone }: { simulator: SimulatorStore; onDone: () => void }) {
  const scenario = usePhone(simulator, (state) => state.scenario)
  const base = useFlow((flow) => flow.languages.base)
  const params = useFlow((flow) => flow.params) ?? []
  const [form, setForm] = useState<ContactForm>(() => formOfScenario(scenario, params))
  const put = (change: Partial<ContactForm>) => setForm({ ...form, ...change })
  const save = () => {
    void simulator.restart(scenarioOfForm(form, scenario, params))
    onDone()
  }
  return (
    <form
      className="tl-contact"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
    >
      <h3>Who writes</h3>
      <TextInput
        label="Phone"
        placeholder="+15550001"
        value={form.phone}
        onChange={({ currentTarget }) => put({ phone: currentTarget.value })}
      />
      <TextInput
        label="Name"
        placeholder="unknown"
        value={form.name}
        onChange={({ currentTarget }) => put({ name: currentTarget.value })}
      />
      <TextInput
        label="Language"
        placeholder={base}
        value={form.language}
        onChange={({ currentTarget }) => put({ language: currentTarget.value })}
      />
      <fieldset>
        <legend>Further fields</legend>
        {form.fields.map(([name, value], index) => (
          <div className="tl-contact-pair" key={index}>
            <TextInput
              aria-label={`Field ${index + 1}: name`}
              placeholder="city"
              value={name}
              onChange={({ currentTarget }) => put({ fields: form.fields.with(index, [currentTarget.value, value]) })}
            />
            <TextInput
              aria-label={`Field ${index + 1}: value`}
              placeholder="Rotterdam"
              value={value}
              onChange={({ currentTarget }) => put({ fields: form.fields.with(index, [name, currentTarget.value]) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove field ${name || index + 1}`}
              onClick={() => put({ fields: form.fields.toSpliced(index, 1) })}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => put({ fields: [...form.fields, ['', '']] })}
        >
          Add a field
        </Button>
      </fieldset>
      {params.length > 0 && (
        <fieldset>
          <legend>Parameters the flow is started with</legend>
          {params.map(({ name, type }) =>
            type === 'number' ? (
              <NumberInput
                key={name}
                label={name}
                value={form.params[name] ?? ''}
                onChange={(value) => put({ params: { ...form.params, [name]: String(value) } })}
              />
            ) : (
              <TextInput
                key={name}
                label={name}
                placeholder={type === 'boolean' ? 'true or false' : type === 'json' ? 'JSON' : ''}
                value={form.params[name] ?? ''}
                onChange={({ currentTarget }) => put({ params: { ...form.params, [name]: currentTarget.value } })}
              />
            ),
          )}
        </fieldset>
      )}
      <TextInput
        type="datetime-local"
        label="Time it begins (UTC)"
        value={form.startsAt}
        onChange={({ currentTarget }) => put({ startsAt: currentTarget.value })}
      />
      <footer>
        <Button variant="default" size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" size="sm">
          Start over with this
        </Button>
      </footer>
    </form>
  )
}
