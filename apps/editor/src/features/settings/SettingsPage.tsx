import { Button } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/form.css'
import '../../shared/ui/page.css'
import { LoadingState } from '../../shared/ui/states.tsx'
import { About } from './About.tsx'
import { Account } from './Account.tsx'
import { AuditTrail } from './AuditTrail.tsx'
import { Fields } from './Fields.tsx'
import { Keys } from './Keys.tsx'
import { Queues } from './Queues.tsx'
import './settings.css'
import { Users } from './Users.tsx'
import { Webhooks } from './Webhooks.tsx'

/** My account; for administrators people, keys and what was done; the queues of the inbox; webhooks; what this instance is. */
export function SettingsPage({ onSignOut }: { onSignOut(): void }) {
  const me = useQuery(meQuery)
  if (!me.data) return <LoadingState what="settings" />
  const { user } = me.data
  return (
    <div className="tl-sheet tl-settings">
      <header className="tl-page-head">
        <h1>Settings</h1>
        <Button variant="default" leftSection={<IconLogout size={17} aria-hidden />} onClick={onSignOut}>
          Sign out
        </Button>
      </header>
      {user && <Account user={user} />}
      {may(me.data, 'users:read') && <Users mayChange={may(me.data, 'users:write')} myId={user?.id} />}
      {may(me.data, 'queues:read') && <Queues mayChange={may(me.data, 'queues:write')} />}
      {may(me.data, 'fields:read') && <Fields mayChange={may(me.data, 'fields:write')} />}
      {may(me.data, 'keys:read') && <Keys mayChange={may(me.data, 'keys:write')} />}
      {may(me.data, 'webhooks:read') && <Webhooks mayChange={may(me.data, 'webhooks:write')} />}
      {may(me.data, 'audit:read') && <AuditTrail />}
      <About />
    </div>
  )
}
