import { Button, Tooltip } from '@mantine/core'
import { IconClockPlay } from '@tabler/icons-react'
import { clockText, dayText, untilText } from '../model/clock.ts'
import { restOf } from '../model/run-path.ts'
import { outputSentence } from '../model/sentences.ts'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'

/** What the flow waits for, and the clock to move. */
export function Clock({ simulator }: { simulator: SimulatorStore }) {
  const turns = usePhone(simulator, (state) => state.turns)
  const nextDue = usePhone(simulator, (state) => state.nextDue)
  const now = turns.at(-1)?.now ?? 0
  const rest = restOf(turns)
  return (
    <section className="tl-clock" aria-label="Clock">
      <p role="status">
        {rest ? outputSentence(rest) : 'No conversation is running.'}
        {nextDue && (
          <span>
            {nextDue.isExpiry ? 'ends' : rest?.for === 'time' ? 'goes on' : 'gives up'} {untilText(now, nextDue.at)}
          </span>
        )}
      </p>
      <div>
        <Button variant="default" size="compact-sm" onClick={() => void simulator.advance('PT1M')}>
          +1 min
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => void simulator.advance('PT1H')}>
          +1 h
        </Button>
        <Tooltip
          label={nextDue ? `Go to ${dayText(nextDue.at)}, ${clockText(nextDue.at)}` : 'Time changes nothing here'}
          withArrow
        >
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconClockPlay size={15} />}
            disabled={nextDue === null}
            aria-label={nextDue?.isExpiry ? 'Go to the end of the conversation' : 'Go to the next wait'}
            onClick={() => void simulator.advanceToNext()}
          >
            {nextDue?.isExpiry ? 'To the end' : 'Next wait'}
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}
