import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { FlowDocument, PathStep } from '@textloom/core'
import type { SimulateOutput } from '@textloom/engine'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { exitsOf, nodeName } from '../../document/node-reading.ts'
import type { PlayedTurn } from '../../worker/play-conversation.ts'
import './log.css'
import { clockText, dayText } from './model/clock.ts'
import { inputSentence, outputSentence } from './model/sentences.ts'
import type { SimulatorStore } from './simulator-store.ts'
import { usePhone } from './use-simulator.ts'

/** Everything that happened, turn by turn: the way through the steps and what came of it. */
export function Log({ simulator }: { simulator: SimulatorStore }) {
  const turns = usePhone(simulator, (state) => state.turns)
  const called = usePhone(simulator, (state) => state.called)
  const hasHappened = turns.some(({ input, outputs }) => input !== undefined || outputs.length > 0)
  if (!hasHappened) return <p className="tl-phone-nothing">Nothing yet: everything the flow does is written here.</p>
  return (
    <ol className="tl-log">
      {turns.map((turn, index) =>
        turn.input === undefined && turn.outputs.length === 0 ? null : (
          <li key={`${index} ${turn.now}`}>
            <header>
              <time dateTime={new Date(turn.now).toISOString()} title={dayText(turn.now)}>
                {clockText(turn.now)}
              </time>
              <strong>{turn.input ? titleOf(turn.input) : 'Started'}</strong>
              {index < turns.length - 1 && (
                <Tooltip label="Take back everything after this" withArrow>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label={`Take back everything after turn ${index}`}
                    onClick={() => void simulator.backTo(index)}
                  >
                    <IconArrowBackUp size={15} />
                  </ActionIcon>
                </Tooltip>
              )}
            </header>
            <Way path={turn.path} called={called} />
            <ul>
              {turn.outputs.map((output, place) => (
                <li key={`${place} ${output.type}`} data-type={output.type}>
                  <Happening output={output} input={turn.input} />
                </li>
              ))}
            </ul>
          </li>
        ),
      )}
    </ol>
  )
}

/** The steps that a turn went through, each leading to its card; those of called flows have none here. */
function Way({ path, called }: { path: readonly PathStep[]; called: readonly FlowDocument[] }) {
  const { view, registry } = useFlowEditor()
  const nodes = useFlow((flow) => flow.nodes)
  if (path.length === 0) return null
  return (
    <p className="tl-log-way">
      {path.map((step, index) => {
        const flow = called.find(({ id }) => id === step.flow)
        const node = step.flow === undefined ? nodes.get(step.node) : flow?.nodes.find(({ id }) => id === step.node)
        const key = `${index} ${step.node}`
        if (step.kind === 'exit') {
          const exit = node && exitsOf(node, registry).find(({ id }) => id === step.handle)
          return (
            <span key={key} className="tl-log-exit">
              {exit?.label ?? step.handle} →{' '}
            </span>
          )
        }
        const name = node ? nodeName(node, registry) : step.node
        return step.flow === undefined ? (
          <button key={key} type="button" onClick={() => view.show(step.node, { focus: false })}>
            {name}
          </button>
        ) : (
          <span key={key} className="tl-log-called" title={`In the flow ${flow?.name ?? step.flow}`}>
            {name}
          </span>
        )
      })}
    </p>
  )
}

function Happening({ output, input }: { output: SimulateOutput; input: PlayedTurn['input'] }) {
  if (output.type === 'mt') return <>Sent “{output.text}”</>
  if (output.type !== 'http') return <>{outputSentence(output, input)}</>
  const { method, url, headers, body } = output
  return (
    <details>
      <summary>
        Asked <code>{method}</code> {url}
      </summary>
      <pre>
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\n`)
          .join('')}
        {body === undefined ? '(no body)' : JSON.stringify(body, null, 2)}
      </pre>
    </details>
  )
}

function titleOf(input: NonNullable<PlayedTurn['input']>): string {
  if ('mo' in input) return `Heard “${input.mo}”`
  if ('http' in input && 'json' in input.http) return `${inputSentence(input)} ${JSON.stringify(input.http.json)}`
  return 'advance' in input ? `The clock moved on` : inputSentence(input)
}
