import { Button, Modal } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft, IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/page.css'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { Journey } from './Journey.tsx'
import { Memory } from './Memory.tsx'
import { failureAdvice, sourceWords, stateWords } from './model/session-words.ts'
import './session.css'
import { Thread } from './Thread.tsx'
import { useFlowWords } from './use-flow-words.ts'
import { type SessionDetail, useEnding, useSession } from './use-sessions.ts'
import { Ways } from './Ways.tsx'
import type { SessionWayProps } from './way.ts'

/** One conversation: what was said, the way it took, and what it remembers. */
export function SessionPage({
  sessionId,
  Way,
}: {
  readonly sessionId: string
  readonly Way: ComponentType<SessionWayProps>
}) {
  const session = useSession(sessionId)
  if (session.isPending) return <LoadingState what="the session" />
  if (session.isLoadingError) {
    const named = { what: 'session', way: <Link to="/sessions">All sessions</Link> }
    return <ErrorState error={session.error} retry={() => void session.refetch()} named={named} />
  }
  return <Opened session={session.data} nowMs={session.dataUpdatedAt} Way={Way} />
}

function Opened(props: { session: SessionDetail; nowMs: number; Way: ComponentType<SessionWayProps> }) {
  const { session, nowMs, Way } = props
  const { id, phone, channel, flow, revision, failure, source, state } = session
  const { data: me } = useQuery(meQuery)
  const words = useFlowWords(session)
  const { label, tone } = stateWords(session)
  const failedIn = session.path.findLast(({ node }) => node === failure?.node)?.flow

  return (
    <div className="tl-session">
      <Link to="/sessions" className="tl-back tl-session-back">
        <IconArrowLeft size={16} aria-hidden /> All sessions
      </Link>
      <header className="tl-session-head">
        <h1>{phone}</h1>
        <p className="tl-session-facts">
          <span className="tl-chip" data-tone={tone}>
            {label}
          </span>
          <Link to="/flows/$flowId" params={{ flowId: flow }}>
            <IconRoute size={16} aria-hidden /> {words.flowName(undefined)}
          </Link>
          {revision !== null && <span>version {revision}</span>}
          <span>on {channel}</span>
          <span>{sourceWords(source)}</span>
        </p>
        {state === 'active' && may(me, 'sessions:write') && <EndButton id={id} />}
      </header>
      {failure !== null && (
        <section className="tl-session-failure" role="alert">
          <IconAlertTriangle size={20} aria-hidden />
          <div>
            <h2>
              Why it failed{failure.node === undefined ? '' : `, at ${words.naming(failedIn).name(failure.node)}`}
            </h2>
            <p>{failure.message}</p>
            <p>{failureAdvice(failure.code)}</p>
            <code>{failure.code}</code>
          </div>
        </section>
      )}
      <div className="tl-session-columns">
        <section aria-labelledby="texts">
          <h2 id="texts">Texts</h2>
          <Thread session={session} />
        </section>
        <section aria-labelledby="canvas">
          <h2 id="canvas">Through the flow</h2>
          <Ways session={session} words={words} failedIn={failedIn} Way={Way} />
        </section>
        <div className="tl-session-side">
          <section aria-labelledby="way">
            <h2 id="way">The way it took</h2>
            <Journey session={session} words={words} nowMs={nowMs} />
          </section>
          <Memory session={session} naming={words.naming(session.nodeFlow ?? undefined)} nowMs={nowMs} />
        </div>
      </div>
    </div>
  )
}

function EndButton({ id }: { readonly id: string }) {
  const [isAsking, setAsking] = useState(false)
  const ending = useEnding(id)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        End this conversation
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="End this conversation?">
        <p className="tl-session-ask">
          The flow stops where it is and sends nothing more. If this phone texts a keyword, a new conversation begins.
        </p>
        <div className="tl-session-answers">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            Let it go on
          </Button>
          <Button
            className="tl-session-end"
            loading={ending.isPending}
            onClick={() => ending.mutate(undefined, { onSettled: () => setAsking(false) })}
          >
            End it
          </Button>
        </div>
      </Modal>
    </>
  )
}
