/** Mutant: an MO is acknowledged as soon as it is inside. What a kill finds in memory is lost. */
import { runDoorless } from '../doorless.ts'

await runDoorless({
  wrapSubmit: (submit) => async (event) => {
    const stored = submit(event)
    if (event.kind !== 'mo') return stored
    stored.catch(() => undefined)
    return { status: 'fallback' }
  },
})
