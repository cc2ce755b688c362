import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFilter, IconUsersGroup, IconUsersPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'
import { type Group, groupListQuery } from '../../shared/api/people-lists.ts'
import { RowDeeds } from '../../shared/ui/RowDeeds.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { GroupForm } from './GroupForm.tsx'
import './people.css'
import { groupDeeds, usePeopleDeed } from './use-people.ts'

/** Contacts that belong together: listed one by one, or whoever a query finds. */
export function GroupsPage() {
  const { data: me } = useQuery(meQuery)
  const groups = useQuery(groupListQuery)
  const [open, setOpen] = useState<Group | 'static' | 'query'>()
  const remove = usePeopleDeed(groupDeeds.remove)
  const mayChange = may(me, 'groups:write')
  const items = groups.data?.items ?? []
  const takeAway = (group: Group) =>
    remove.mutate(group.id, {
      onError: ({ message }) => notifications.show({ color: 'red', title: 'It stays', message }),
    })
  return (
    <>
      {mayChange && (
        <div className="tl-groups-tools">
          <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} onClick={() => setOpen('query')}>
            Make a group by query
          </Button>
          <Button leftSection={<IconUsersPlus size={17} aria-hidden />} onClick={() => setOpen('static')}>
            Make a group
          </Button>
        </div>
      )}
      {groups.isPending && <LoadingState what="groups" />}
      {groups.isError && <ErrorState error={groups.error} retry={() => void groups.refetch()} />}
      {groups.data && items.length === 0 && (
        <EmptyState icon={<IconUsersGroup size={28} />} title="There are no groups yet">
          Flows put people into groups and ask whether they are in one; campaigns go to groups. A group by query always
          holds whoever its query finds.
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="tl-paper tl-groups">
          {items.map((group) => (
            <li key={group.id}>
              <div>
                <Link to="/people" search={{ group: group.id }}>
                  <strong>{group.title}</strong>
                </Link>
                <small>
                  {group.query === null ? group.title !== group.id && group.id : <code>{group.query}</code>}
                </small>
              </div>
              <span className="tl-chip">
                {group.kind === 'query'
                  ? 'by query'
                  : group.size === 1
                    ? '1 member'
                    : `${(group.size ?? 0).toLocaleString('en')} members`}
              </span>
              {mayChange && (
                <RowDeeds
                  title={group.title}
                  isGoing={remove.isPending && remove.variables === group.id}
                  onChange={() => setOpen(group)}
                  onTakeAway={() => takeAway(group)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {open !== undefined && (
        <GroupForm
          {...(typeof open === 'object' && { group: open })}
          {...(open === 'query' && { query: '' })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}
