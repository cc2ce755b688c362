import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconCircleX, IconDots, IconPlayerPlay } from '@tabler/icons-react'
import type { SavedTestResult } from '@textloom/engine'
import { useState } from 'react'
import { Difference } from '../../../document/Difference.tsx'

/** One saved test with what became of it. */
export function TestRow(props: {
  readonly name: string
  readonly result: SavedTestResult | undefined
  readonly onRun: () => void
  readonly onPlay: () => void
  /** Absent, like the next one, where the flow is read-only. */
  readonly onRename?: (name: string) => void
  readonly onRemove?: () => void
}) {
  const { name, result, onRun, onPlay, onRename, onRemove } = props
  const [draft, setDraft] = useState<string>()
  const state = result === undefined ? 'unknown' : result.passed ? 'passed' : 'failed'
  return (
    <li className="tl-test" data-state={state}>
      <div>
        <StateIcon state={state} />
        {draft === undefined ? (
          <span className="tl-test-name">{name}</span>
        ) : (
          <TextInput
            size="xs"
            aria-label={`New name of the test ${name}`}
            autoFocus
            value={draft}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onChange={({ currentTarget }) => setDraft(currentTarget.value)}
            onBlur={() => {
              onRename?.(draft)
              setDraft(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur()
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setDraft(undefined)
            }}
          />
        )}
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Run the test ${name}`} onClick={onRun}>
          <IconPlayerPlay size={15} />
        </ActionIcon>
        <Menu position="bottom-end" shadow="md" returnFocus={false}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for the test ${name}`}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onPlay}>Play on the phone</Menu.Item>
            {onRename && <Menu.Item onClick={() => setDraft(name)}>Rename</Menu.Item>}
            {onRemove && (
              <Menu.Item color="red" onClick={onRemove}>
                Delete
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {result?.failure && (
        <div className="tl-test-failure">
          <Difference failure={result.failure} />
          <details>
            <summary>How it went</summary>
            <pre>{result.failure.transcript.join('\n')}</pre>
          </details>
        </div>
      )}
    </li>
  )
}

function StateIcon({ state }: { state: 'unknown' | 'passed' | 'failed' }) {
  const words = { unknown: 'not run', passed: 'passed', failed: 'failed' }[state]
  const Icon = { unknown: IconCircle, passed: IconCircleCheck, failed: IconCircleX }[state]
  return (
    <span className="tl-test-state" title={words}>
      <Icon size={18} stroke={1.8} aria-hidden />
      <span className="tl-unseen">{words}</span>
    </span>
  )
}
