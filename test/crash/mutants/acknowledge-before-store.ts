/** Mutant: an MO is acknowledged as soon as it is inside, and stored a moment later. What a kill finds in memory is lost. */
import { setTimeout as pause } from 'node:timers/promises'
import { runDoorless } from '../doorless.ts'

/** A store takes a millisecond or two: kills would seldom find one under way. */
const STORED_AFTER_MS = 20

await runDoorless({
  wrapSubmit: (submit) => async (event) => {
    if (event.kind !== 'mo') return submit(event)
    void pause(STORED_AFTER_MS)
      .then(() => submit(event))
      .catch(() => undefined)
    return { status: 'fallback' }
  },
})
