import { IconMapPin } from '@tabler/icons-react'
import { type ComponentType, Suspense, useMemo, useState } from 'react'
import { LoadingState } from '../../shared/ui/states.tsx'
import '../../shared/ui/unseen.css'
import type { FlowWords } from './use-flow-words.ts'
import type { SessionDetail } from './use-sessions.ts'
import { passedBy, type SessionWayProps } from './way.ts'

/** The way of a session on the canvas of each flow it went through; where it is now, unless somebody looks at another. */
export function Ways(props: {
  readonly session: SessionDetail
  readonly words: FlowWords
  /** The called flow in which it failed. */
  readonly failedIn: string | undefined
  readonly Way: ComponentType<SessionWayProps>
}) {
  const { session, words, failedIn, Way } = props
  const { path, stack, nodeFlow, failure, revision } = session
  const now = nodeFlow ?? failedIn
  const [chosen, choose] = useState<{ readonly called: string | undefined }>()
  const shown = words.flows.find(({ called }) => called === (chosen ?? { called: now }).called) ?? words.flows[0]
  const called = shown?.called
  const passed = useMemo(() => passedBy(path, called), [path, called])
  const frame = called === undefined ? stack[0] : stack.findLast(({ flow }) => flow === called)

  return (
    <>
      {words.flows.length > 1 && (
        <nav className="tl-ways" aria-label="Flows it went through">
          {words.flows.map((flow) => (
            <button
              key={flow.called ?? ''}
              type="button"
              aria-pressed={flow === shown}
              onClick={() => choose({ called: flow.called })}
            >
              {flow.name}
              {session.state === 'active' && flow.called === now && (
                <IconMapPin size={15} role="img" aria-label="It rests here" />
              )}
            </button>
          ))}
        </nav>
      )}
      <div className="tl-session-canvas">
        {shown?.document === undefined ? (
          <p className="tl-session-nothing">
            {revision === null ? 'It has not begun, so it has come nowhere yet.' : 'Loading the flow…'}
          </p>
        ) : (
          <Suspense fallback={<LoadingState what="the flow" />}>
            <Way
              key={`${shown.document.id} ${shown.revision}`}
              document={shown.document}
              passed={passed}
              current={frame?.node}
              failure={called === failedIn ? failure : null}
            />
          </Suspense>
        )}
      </div>
    </>
  )
}
