import type { Json } from '@textloom/core'
import { useFlow } from '../../document/hooks.tsx'
import { restOf } from './model/run-path.ts'
import { valueWords } from './model/sentences.ts'
import type { SimulatorStore } from './simulator-store.ts'
import { usePhone } from './use-simulator.ts'
import './values.css'

interface Row {
  readonly name: string
  readonly value: Json | undefined
  readonly before: Json | undefined
}

/** What the flow knows about this conversation; what the last turn changed is marked. */
export function Values({ simulator }: { simulator: SimulatorStore }) {
  const turns = usePhone(simulator, (state) => state.turns)
  const contact = usePhone(simulator, (state) => state.scenario.contact)
  const base = useFlow((flow) => flow.languages.base)
  const remembered = turns.flatMap(({ memory }) => memory ?? [])
  const [before, memory] = [remembered.at(-2), remembered.at(-1)]
  const isOver = restOf(turns) === undefined
  if (!memory) {
    return <p className="tl-phone-nothing">Nothing yet: values appear when the conversation has begun.</p>
  }
  const rows = (now: { readonly [name: string]: Json }, then: { readonly [name: string]: Json } = {}): Row[] =>
    Object.entries(now).map(([name, value]) => ({ name, value, before: then[name] }))
  const answers = (results: typeof memory.results | undefined) =>
    Object.fromEntries(Object.entries(results ?? {}).map(([name, { value }]) => [name, value]))
  return (
    <div className="tl-values">
      {isOver && <p className="tl-phone-nothing">The conversation is over. This is what it ended with.</p>}
      <Group title="Variables" rows={rows(memory.vars, before?.vars)} none="The flow declares no variables." />
      <Group
        title="Answers"
        rows={rows(answers(memory.results), answers(before?.results))}
        none="No question was answered."
      />
      <Group title="Parameters" rows={rows(memory.params, memory.params)} none="The flow was started without any." />
      <Group title="Last reply" rows={rows({ text: memory.reply.text }, before && { text: before.reply.text })} />
      <Group
        title="Contact"
        rows={rows(
          {
            phone: contact?.phone ?? '+15550001',
            name: contact?.name ?? null,
            language: contact?.language ?? base,
            ...((contact?.fields ?? {}) as { readonly [name: string]: Json }),
          },
          undefined,
        ).map((row) => ({ ...row, before: row.value }))}
      />
    </div>
  )
}

function Group({ title, rows, none }: { title: string; rows: readonly Row[]; none?: string }) {
  return (
    <section>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="tl-phone-nothing">{none}</p>
      ) : (
        <dl>
          {rows.map(({ name, value, before }) => {
            const hasChanged = JSON.stringify(value ?? null) !== JSON.stringify(before ?? null)
            return (
              <div key={name} data-changed={hasChanged || undefined}>
                <dt>
                  {name}
                  {hasChanged && <span className="tl-unseen"> (changed)</span>}
                </dt>
                <dd data-empty={value === null || undefined}>{valueWords(value)}</dd>
              </div>
            )
          })}
        </dl>
      )}
    </section>
  )
}
