import { Radio } from '@mantine/core'
import { isRole, type Role, roles } from './model/roles.ts'

/** Picks a role; each says what it may do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange(role: Role): void }) {
  return (
    <Radio.Group label="Role" value={value} onChange={(role) => isRole(role) && onChange(role)}>
      <div className="tl-role-choice">
        {Object.entries(roles).map(([role, { name, about }]) => (
          <Radio key={role} value={role} label={name} description={about} />
        ))}
      </div>
    </Radio.Group>
  )
}
