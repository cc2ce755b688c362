import { Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { HandOver } from './HandOver.tsx'
import type { Role } from './model/roles.ts'
import { RoleChoice } from './RoleChoice.tsx'
import { useInvite } from './use-settings.ts'

/** Asks whom to invite, then shows the link to hand over. */
export function InviteForm({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const invite = useInvite()
  const { fields, form } = formErrors(invite.error, ['name', 'email'])
  if (invite.data) {
    return (
      <HandOver
        title={`${invite.data.user.name} is invited`}
        about="Send this link to them and to nobody else: whoever opens it chooses the password. It works once."
        secret={invite.data.invitation.link}
        until={invite.data.invitation.expiresAt}
        onClose={onClose}
      />
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate({ name, email, role })
  }
  return (
    <Modal opened onClose={onClose} title="Invite somebody" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={name}
          error={fields.get('name')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="E-mail address"
          description="What they sign in with. Nothing is sent to it."
          type="email"
          required
          withAsterisk={false}
          value={email}
          error={fields.get('email')}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <RoleChoice value={role} onChange={setRole} />
        <FormEnd refusal={form} deed="Make the link" isBusy={invite.isPending} onClose={onClose} />
      </form>
    </Modal>
  )
}
