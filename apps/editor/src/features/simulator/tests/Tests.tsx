import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import type { SavedTest } from '@textloom/core'
import { useFlow, useFlowEditor } from '../../../document/hooks.tsx'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'
import { SaveTest } from './SaveTest.tsx'
import { TestRow } from './TestRow.tsx'
import './tests.css'

/** Conversations kept with the flow: they are played again and must go as they went. */
export function Tests({ simulator, onPlayed }: { simulator: SimulatorStore; onPlayed: () => void }) {
  const { commands, isReadOnly } = useFlowEditor()
  const tests = useFlow((flow) => flow.tests) ?? none
  const results = usePhone(simulator, (state) => state.results)
  const isTesting = usePhone(simulator, (state) => state.isTesting)
  const ran = tests.flatMap(({ name }) => results.get(name) ?? [])
  const passed = ran.filter((result) => result.passed).length
  return (
    <div className="tl-tests">
      {!isReadOnly && <SaveTest simulator={simulator} />}
      {tests.length === 0 ? (
        <p className="tl-phone-nothing">
          No tests yet.
          {!isReadOnly &&
            ' Hold a conversation under Chat, then keep it here: it is played again before every publishing.'}
        </p>
      ) : (
        <>
          <header>
            <p role="status">
              {ran.length === 0
                ? tests.length === 1
                  ? '1 test'
                  : `${tests.length} tests`
                : `${passed} of ${ran.length} passed`}
            </p>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlayerPlay size={15} />}
              loading={isTesting}
              onClick={() => void simulator.test()}
            >
              Run all
            </Button>
          </header>
          <ul>
            {tests.map((test) => (
              <TestRow
                key={test.name}
                name={test.name}
                result={results.get(test.name)}
                onRun={() => void simulator.test([test.name])}
                onPlay={() => {
                  void simulator.load(test)
                  onPlayed()
                }}
                {...(!isReadOnly && {
                  onRename: (name) => commands.renameTest(test.name, name),
                  onRemove: () => commands.removeTest(test.name),
                })}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const none: readonly SavedTest[] = []
