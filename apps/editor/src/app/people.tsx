import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { PeoplePage } from '../features/people/PeoplePage.tsx'
import { PersonPage } from '../features/people/PersonPage.tsx'
import { useReviews } from '../features/people/use-people.ts'
import { may, meQuery } from '../shared/api/me.ts'
import '../shared/ui/form.css'
import '../shared/ui/page.css'

/** `/people`: the contacts, their groups, and what a person has to decide about their consent. */
export function PeopleRoom() {
  const { data: me } = useQuery(meQuery)
  return (
    <div className="tl-sheet">
      <header className="tl-page-head">
        <h1>People</h1>
      </header>
      <nav className="tl-tabs" aria-label="People">
        <Link
          to="/people"
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          Contacts
        </Link>
        {may(me, 'groups:read') && (
          <Link to="/people/groups" activeProps={{ 'aria-current': 'page' }}>
            Groups
          </Link>
        )}
        {may(me, 'consent:read') && <ReviewsTab />}
        {may(me, 'imports:read') && (
          <Link to="/people/import" activeProps={{ 'aria-current': 'page' }}>
            Imports
          </Link>
        )}
      </nav>
      <Outlet />
    </div>
  )
}

function ReviewsTab() {
  const reviews = useReviews()
  const waiting = reviews.data?.pages.flatMap(({ items }) => items).length ?? 0
  return (
    <Link to="/people/review" activeProps={{ 'aria-current': 'page' }}>
      To review{waiting > 0 && ` (${waiting}${reviews.hasNextPage ? '+' : ''})`}
    </Link>
  )
}

/** The list; what it is narrowed by lives in the address. */
export function PeopleList() {
  const search = useSearch({ from: '/shell/people/' })
  const navigate = useNavigate()
  return (
    <PeoplePage search={search} onSearch={(next) => void navigate({ to: '/people', search: next, replace: true })} />
  )
}

/** `/people/$phone`. */
export function PersonDoor() {
  const { phone } = useParams({ from: '/shell/people/$phone' })
  return <PersonPage key={phone} phone={phone} />
}
