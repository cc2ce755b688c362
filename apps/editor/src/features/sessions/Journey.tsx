import { useMemo } from 'react'
import { clockTime, dueText } from '../../shared/words/moment.ts'
import { journeyOf } from './model/journey.ts'
import { waitWords } from './model/session-words.ts'
import type { FlowWords } from './use-flow-words.ts'
import type { SessionDetail } from './use-sessions.ts'

/** The steps of a conversation, in order, with what was done at each. */
export function Journey(props: { session: SessionDetail; words: FlowWords; nowMs: number }) {
  const { session, words, nowMs } = props
  const { history, node, nodeFlow, waitsFor, until } = session
  const journey = useMemo(() => journeyOf(history), [history])
  if (journey.length === 0) return <p className="tl-session-nothing">It has not taken a step yet.</p>
  const last = journey.findLastIndex((one) => one.kind === 'step')
  return (
    <ol className="tl-journey">
      {journey.map((one, index) => {
        const time = <time dateTime={new Date(one.atMs).toISOString()}>{clockTime(one.atMs)}</time>
        if (one.kind === 'mark') {
          return (
            <li key={index} className="tl-journey-mark" data-tone={one.tone}>
              <span>{one.says}</span>
              {time}
            </li>
          )
        }
        if (one.kind === 'turn') {
          const name = words.flowName(one.flow)
          return (
            <li key={index} className="tl-journey-turn" data-back={one.isBack || undefined}>
              <span>{one.isBack ? `Back in ${name}` : `Into ${name}`}</span>
            </li>
          )
        }
        const naming = words.naming(one.flow)
        const exit = one.handle === undefined ? undefined : naming.exit(one.node, one.handle)
        const isHere = index === last && one.node === node && one.flow === (nodeFlow ?? undefined)
        return (
          <li
            key={index}
            className="tl-journey-step"
            data-here={isHere || undefined}
            data-called={one.flow !== undefined || undefined}
          >
            <div>
              <strong>{naming.name(one.node)}</strong>
              {one.deeds.map((deed, number) => (
                <span key={number}>{deed}</span>
              ))}
              {exit !== undefined && (
                <span className="tl-journey-exit">
                  {exit}
                  {one.text !== undefined && `: “${one.text}”`}
                </span>
              )}
              {isHere && (
                <span className="tl-journey-here">
                  {waitWords(waitsFor)}
                  {until !== null && `, gives up ${dueText(Date.parse(until), nowMs)}`}
                </span>
              )}
            </div>
            {time}
          </li>
        )
      })}
    </ol>
  )
}
