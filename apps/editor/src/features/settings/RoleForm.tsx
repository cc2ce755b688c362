import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { isRole, type Role } from './model/roles.ts'
import { RoleChoice } from './RoleChoice.tsx'
import { type User, useUserDeeds } from './use-settings.ts'

/** Gives somebody another role. */
export function RoleForm({ user, onClose }: { user: User; onClose(): void }) {
  const [role, setRole] = useState<Role>(isRole(user.role) ? user.role : 'viewer')
  const { change } = useUserDeeds()
  return (
    <Modal opened onClose={onClose} title={`Role of ${user.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="tl-form">
        <RoleChoice value={role} onChange={setRole} />
        <p className="tl-form-count">Another role signs {user.name} out; everything they made stays.</p>
        <div className="tl-form-deeds">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={change.isPending}
            disabled={role === user.role}
            onClick={() => change.mutate({ id: user.id, role }, { onSuccess: onClose })}
          >
            Save role
          </Button>
        </div>
      </div>
    </Modal>
  )
}
