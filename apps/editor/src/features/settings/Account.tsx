import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { isRole, roles } from './model/roles.ts'
import { useChangePassword, useRename } from './use-settings.ts'

/** Whoever is signed in: name and password. */
export function Account({ user }: { user: { email: string; name: string; role: string } }) {
  const role = isRole(user.role) ? roles[user.role] : undefined
  return (
    <section className="tl-paper tl-setting">
      <header>
        <h2>My account</h2>
        <p>
          {user.email}
          {role && `, ${role.name.toLowerCase()}: ${role.about.charAt(0).toLowerCase()}${role.about.slice(1)}`}
        </p>
      </header>
      <div className="tl-setting-forms">
        <NameForm name={user.name} />
        <PasswordForm email={user.email} />
      </div>
    </section>
  )
}

function NameForm({ name: stored }: { name: string }) {
  const [name, setName] = useState(stored)
  const rename = useRename()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate(name)
  }
  return (
    <form className="tl-form" onSubmit={submit}>
      <TextInput
        label="Name"
        description="Shown beside what you publish."
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        error={rename.error?.message}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <div className="tl-form-deeds">
        <Button type="submit" variant="default" loading={rename.isPending} disabled={name.trim() === stored}>
          Save name
        </Button>
      </div>
    </form>
  )
}

function PasswordForm({ email }: { email: string }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useChangePassword()
  const { fields, form } = formErrors(change.error, ['current', 'password'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('')
          setPassword('')
        },
      },
    )
  }
  return (
    <form className="tl-form" onSubmit={submit}>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label="Password now"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        error={fields.get('current')}
        onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        description="Ten characters or more; a few words in a row are easy to keep in mind."
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        error={fields.get('password')}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {form !== undefined && (
        <p className="tl-form-error" role="alert">
          {form}
        </p>
      )}
      <div className="tl-form-deeds">
        <Button type="submit" variant="default" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  )
}
