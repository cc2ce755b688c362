import { clockTime, dayName, dueText } from '../../shared/words/moment.ts'
import { rememberedBy, timerWords } from './model/remembered.ts'
import type { StepNaming } from './model/step-names.ts'
import type { SessionDetail } from './use-sessions.ts'

const from = { variable: 'variable', given: 'given at the start', answer: 'answer' } as const

/** What a running conversation remembers, and what falls due in it. */
export function Memory({ session, naming, nowMs }: { session: SessionDetail; naming: StepNaming; nowMs: number }) {
  const { state, snapshot, timers, pending } = session
  if (state !== 'active') return null
  const remembered = rememberedBy(snapshot)
  return (
    <div className="tl-session-memory">
      <section aria-labelledby="remembers">
        <h2 id="remembers">What it remembers</h2>
        {remembered.length === 0 ? (
          <p className="tl-session-nothing">Nothing: this flow has no variables.</p>
        ) : (
          <dl className="tl-paper tl-memory">
            {remembered.map(({ name, value, isEmpty, from: origin }) => (
              <div key={`${origin} ${name}`}>
                <dt>
                  {name} <small>{from[origin]}</small>
                </dt>
                <dd data-empty={isEmpty || undefined}>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      {(timers.length > 0 || pending.length > 0) && (
        <section aria-labelledby="due">
          <h2 id="due">What falls due</h2>
          <dl className="tl-paper tl-memory">
            {timers
              .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
              .map(({ id, dueAt }) => (
                <div key={id}>
                  <dt>{timerWords(id, naming.name)}</dt>
                  <dd title={`${dayName(Date.parse(dueAt))}, ${clockTime(Date.parse(dueAt))}`}>
                    {dueText(Date.parse(dueAt), nowMs)}
                  </dd>
                </div>
              ))}
            {pending.map(({ id }) => (
              <div key={id}>
                <dt>A request to a web service</dt>
                <dd>waits for its answer</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}
