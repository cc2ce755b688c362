import { Menu, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useActions } from '../../shared/actions/use-actions.ts'
import { meQuery } from '../../shared/api/me.ts'
import { useSignOut } from '../use-sign-out.ts'

/** Who is signed in, and the way out. */
export function UserMenu() {
  const { data: me } = useQuery(meQuery)
  const signOut = useSignOut()
  useActions(useMemo(() => [{ id: 'sign-out', label: 'Sign out', group: 'Account', run: signOut }], [signOut]))
  const name = me?.user?.name ?? me?.label ?? ''
  return (
    <Menu position="right-end" withinPortal width={220}>
      <Menu.Target>
        <UnstyledButton className="tl-place" aria-label={`Account of ${name}`}>
          <IconUserCircle size={20} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me?.user ? `${name}, ${me.user.email}` : name}</Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} aria-hidden />}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
