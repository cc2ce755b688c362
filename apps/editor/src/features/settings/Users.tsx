import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { IconDots, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { HandOver } from './HandOver.tsx'
import { InviteForm } from './InviteForm.tsx'
import { isRole, roles } from './model/roles.ts'
import { RoleForm } from './RoleForm.tsx'
import { type User, useUserDeeds, useUsers } from './use-settings.ts'

interface UsersProps {
  readonly mayChange: boolean
  readonly myId: string | undefined
}

/** Who may sign in, and as what. */
export function Users({ mayChange, myId }: UsersProps) {
  const users = useUsers()
  const { change, reset } = useUserDeeds()
  const [isInviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<User>()
  const [resetting, setResetting] = useState<User>()
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>People</h2>
          <p>Who may sign in, and what each may do.</p>
        </div>
        {mayChange && (
          <Button
            variant="default"
            leftSection={<IconUserPlus size={17} aria-hidden />}
            onClick={() => setInviting(true)}
          >
            Invite
          </Button>
        )}
      </header>
      {users.isPending && <LoadingState what="people" />}
      {users.isError && <ErrorState error={users.error} retry={() => void users.refetch()} />}
      <ul className="tl-setting-list">
        {users.data?.items.map((user) => (
          <li key={user.id}>
            <div>
              <strong>
                {user.name}
                {user.id === myId && ' (you)'}
              </strong>
              <span>{user.email}</span>
            </div>
            <span className="tl-chip">{isRole(user.role) ? roles[user.role].name : user.role}</span>
            {user.state !== 'active' && (
              <span className="tl-chip" data-tone={user.state === 'invited' ? 'warn' : 'bad'}>
                {user.state === 'invited' ? 'No password yet' : 'Switched off'}
              </span>
            )}
            {mayChange && (
              <Menu position="bottom-end" withinPortal>
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" aria-label={`More for ${user.name}`}>
                    <IconDots size={18} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setChanging(user)}>Change role</Menu.Item>
                  {user.enabled && user.id !== myId && (
                    <Menu.Item onClick={() => (user.state === 'invited' ? reset.mutate(user.id) : setResetting(user))}>
                      {user.state === 'invited' ? 'New invitation link' : 'Reset password'}
                    </Menu.Item>
                  )}
                  {user.id !== myId && (
                    <Menu.Item
                      {...(user.enabled && { color: 'red' })}
                      onClick={() => change.mutate({ id: user.id, enabled: !user.enabled })}
                    >
                      {user.enabled ? 'Switch off' : 'Switch on'}
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {isInviting && <InviteForm onClose={() => setInviting(false)} />}
      {changing && <RoleForm user={changing} onClose={() => setChanging(undefined)} />}
      {resetting && (
        <Modal
          opened
          onClose={() => setResetting(undefined)}
          title={`Reset the password of ${resetting.name}?`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p className="tl-form-lead">
            The password of now ends at once, and {resetting.name} is signed out everywhere.
          </p>
          <div className="tl-form-deeds">
            <Button variant="default" data-autofocus onClick={() => setResetting(undefined)}>
              Leave it
            </Button>
            <Button
              loading={reset.isPending}
              onClick={() => reset.mutate(resetting.id, { onSettled: () => setResetting(undefined) })}
            >
              Make a link for a new one
            </Button>
          </div>
        </Modal>
      )}
      {reset.data && (
        <HandOver
          title={`A link for ${reset.data.user.name}`}
          about="Whoever opens it chooses the password. The old password has ended. The link works once."
          secret={reset.data.invitation.link}
          until={reset.data.invitation.expiresAt}
          onClose={reset.reset}
        />
      )}
    </section>
  )
}
