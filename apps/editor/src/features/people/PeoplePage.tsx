import { Button, NativeSelect } from '@mantine/core'
import { IconFilter, IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'
import { fieldListQuery, groupListQuery } from '../../shared/api/people-lists.ts'
import { ApiError } from '../../shared/api/problem.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { SearchField } from '../../shared/ui/SearchField.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { GroupForm } from './GroupForm.tsx'
import { type PeopleOrder, type PeopleSearch, peopleOrders } from './model/people-search.ts'
import { PersonForm } from './PersonForm.tsx'
import { PersonRow } from './PersonRow.tsx'
import './people.css'
import { QueryBuilder } from './QueryBuilder.tsx'
import { useCount, usePeople } from './use-people.ts'

/** Everybody who is known, searched and narrowed. */
export function PeoplePage(props: { readonly search: PeopleSearch; onSearch(search: PeopleSearch): void }) {
  const { search, onSearch } = props
  const { data: me } = useQuery(meQuery)
  const people = usePeople(search)
  const count = useCount(search)
  const groups = useQuery(groupListQuery).data?.items ?? []
  const fields = useQuery(fieldListQuery).data?.items ?? []
  const [isFiltering, setFiltering] = useState(search.query !== undefined)
  const [isAdding, setAdding] = useState(false)
  const [saved, setSaved] = useState<string>()
  const { q: _q, ...anybody } = search
  const { group: _group, ...anyGroup } = search
  const { query: _query, ...unfiltered } = search
  const { sort: _sort, ...unsorted } = search
  const items = people.data?.pages.flatMap((page) => page.items) ?? []
  const refusal =
    people.error instanceof ApiError && people.error.problem.code === 'contacts/bad-query' ? people.error : null
  const isNarrowed = search.q !== undefined || search.group !== undefined || search.query !== undefined
  const mayChange = may(me, 'contacts:write')
  const columns = fields.slice(0, 3)

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to every screen reader yet */}
      <div className="tl-people-tools" role="search">
        <SearchField
          label="Name or number"
          value={search.q ?? ''}
          onChange={(q) => onSearch(q ? { ...anybody, q } : anybody)}
        />
        <NativeSelect
          aria-label="Group"
          value={search.group ?? ''}
          data={[
            { value: '', label: 'Every group' },
            ...groups.map(({ id, title }) => ({ value: id, label: title })),
            ...(search.group !== undefined && !groups.some(({ id }) => id === search.group) ? [search.group] : []),
          ]}
          onChange={({ currentTarget: { value } }) => onSearch(value === '' ? anyGroup : { ...anyGroup, group: value })}
        />
        <NativeSelect
          aria-label="Order"
          value={search.sort ?? peopleOrders[0].value}
          data={peopleOrders.map((order) => ({ ...order }))}
          onChange={({ currentTarget: { value } }) =>
            onSearch(value === peopleOrders[0].value ? unsorted : { ...unsorted, sort: value as PeopleOrder })
          }
        />
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-expanded={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        >
          Filter
        </Button>
        {mayChange && (
          <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={() => setAdding(true)}>
            Add
          </Button>
        )}
      </div>
      {isFiltering && (
        <QueryBuilder
          query={search.query ?? ''}
          fields={fields}
          groups={groups}
          refusal={refusal?.message}
          onQuery={(query) => onSearch(query === '' ? unfiltered : { ...unfiltered, query })}
          {...(may(me, 'groups:write') && { onSave: setSaved })}
        />
      )}
      {count.data !== undefined && refusal === null && (
        <div className="tl-people-head">
          <p className="tl-people-count" role="status">
            {countWords(count.data, isNarrowed)}
          </p>
          {count.data.count > 0 && <ExportMenu search={search} />}
        </div>
      )}
      {people.isPending ? (
        <LoadingState what="contacts" />
      ) : refusal !== null ? null : people.isError ? (
        <ErrorState error={people.error} retry={() => void people.refetch()} />
      ) : items.length > 0 ? (
        <>
          <div className="tl-paper tl-people" aria-busy={people.isPlaceholderData || undefined}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Contact</th>
                  {columns.map(({ key, title }) => (
                    <th scope="col" key={key} className="tl-people-field">
                      {title}
                    </th>
                  ))}
                  <th scope="col">Groups</th>
                  <th scope="col" className="tl-people-since">
                    Last wrote
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((person) => (
                  <PersonRow key={person.phone} person={person} columns={columns} nowMs={people.dataUpdatedAt} />
                ))}
              </tbody>
            </table>
          </div>
          <MoreButton list={people}>Show more</MoreButton>
        </>
      ) : isNarrowed ? (
        <EmptyState
          icon={<IconSearch size={28} />}
          title="Nobody is like that"
          action={
            <Button variant="default" onClick={() => onSearch({})}>
              Show everybody
            </Button>
          }
        >
          Names are found by the beginnings of their words, numbers by their first digits with a + or by their last
          ones.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconUsers size={28} />} title="Nobody is known yet">
          Everybody who texts becomes a contact. You can add people by hand,{' '}
          {may(me, 'imports:write') ? <Link to="/people/import">import a file</Link> : 'import a file'}, or let another
          program add them by the API.
        </EmptyState>
      )}
      {isAdding && <PersonForm fields={fields} groups={groups} onClose={() => setAdding(false)} />}
      {saved !== undefined && <GroupForm query={saved} onClose={() => setSaved(undefined)} />}
    </>
  )
}

function countWords({ count, isMore }: { count: number; isMore: boolean }, isNarrowed: boolean): string {
  const number = `${count.toLocaleString('en')}${isMore ? ' or more' : ''}`
  return `${number} ${count === 1 ? 'contact' : 'contacts'}${isNarrowed ? ' found' : ''}`
}
