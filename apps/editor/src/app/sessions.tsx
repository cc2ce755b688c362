import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy } from 'react'
import { SessionPage } from '../features/sessions/SessionPage.tsx'
import { SessionsPage } from '../features/sessions/SessionsPage.tsx'
import { may, meQuery } from '../shared/api/me.ts'
import { loadPart } from '../shared/parts/load-part.ts'
import '../shared/ui/page.css'

/** `/sessions`: the conversations, and beside them what could not be handled. */
export function SessionsRoom() {
  const { data: me } = useQuery(meQuery)
  return (
    <div className="tl-sheet">
      <header className="tl-page-head">
        <h1>Sessions</h1>
      </header>
      {may(me, 'dead-letters:read') && (
        <nav className="tl-tabs" aria-label="Sessions">
          <Link
            to="/sessions"
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            Conversations
          </Link>
          <Link to="/sessions/dead-letters" activeProps={{ 'aria-current': 'page' }}>
            Problems
          </Link>
        </nav>
      )}
      <Outlet />
    </div>
  )
}

/** The list; its filters live in the address. */
export function SessionsList() {
  const search = useSearch({ from: '/shell/sessions/' })
  const navigate = useNavigate()
  return (
    <SessionsPage
      search={search}
      onSearch={(next) => void navigate({ to: '/sessions', search: next, replace: true })}
    />
  )
}

const SessionWay = lazy(() =>
  loadPart(() => import('./SessionWay.tsx')).then((module) => ({ default: module.SessionWay })),
)

/** `/sessions/$sessionId`. */
export function SessionDoor() {
  const { sessionId } = useParams({ from: '/shell/sessions/$sessionId' })
  return <SessionPage key={sessionId} sessionId={sessionId} Way={SessionWay} />
}
