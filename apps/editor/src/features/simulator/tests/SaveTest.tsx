import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { type TestScope, testFromRun, testName, usualScope } from '../model/test-from-run.ts'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'

const scopes: readonly { readonly key: keyof TestScope; readonly label: string }[] = [
  { key: 'results', label: 'Answers kept' },
  { key: 'requests', label: 'Requests made' },
  { key: 'contact', label: 'Changes of the contact' },
  { key: 'people', label: 'Tickets and notices' },
  { key: 'end', label: 'How it ends' },
  { key: 'visits', label: 'Steps passed' },
]

/** Keeps the conversation on the phone as a test of the flow. */
export function SaveTest({ simulator }: { simulator: SimulatorStore }) {
  const { commands, document } = useFlowEditor()
  const turns = usePhone(simulator, (state) => state.turns)
  const isSound = usePhone(simulator, (state) => state.refusal.length === 0)
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [scope, setScope] = useState(usualScope)
  const hasHappened = turns.some(({ input, outputs }) => input !== undefined || outputs.length > 0)
  if (!isOpen) {
    return (
      <Button
        size="sm"
        variant="light"
        leftSection={<IconBookmarkPlus size={17} />}
        disabled={!hasHappened || !isSound}
        onClick={() => {
          setName(testName(turns))
          setOpen(true)
        }}
      >
        Save this conversation as a test
      </Button>
    )
  }
  const save = () => {
    const { scenario } = simulator.getState()
    const { start, ...others } = scenario
    // Without a keyword a test starts at once, as the command line does; only what differs is written down.
    const hasKeyword = [...document.getState().flow.nodes.values()].some(({ type }) => type === 'keyword')
    const isUsual = (start ?? !hasKeyword) === !hasKeyword
    const saved = commands.addTest(
      testFromRun(name.trim() || testName(turns), isUsual ? others : scenario, turns, scope),
    )
    setOpen(false)
    void simulator.test([saved])
  }
  return (
    <form
      className="tl-save-test"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false)
      }}
    >
      <TextInput
        label="Name of the test"
        value={name}
        autoFocus
        maxLength={120}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <fieldset>
        <legend>Beside every text, it checks</legend>
        {scopes.map(({ key, label }) => (
          <Checkbox
            key={key}
            size="xs"
            label={label}
            checked={scope[key]}
            onChange={({ currentTarget }) => setScope({ ...scope, [key]: currentTarget.checked })}
          />
        ))}
      </fieldset>
      <footer>
        <Button variant="default" size="compact-sm" onClick={() => setOpen(false)}>
          Cancel
        </Button>
        <Button type="submit" size="compact-sm">
          Save test
        </Button>
      </footer>
    </form>
  )
}
