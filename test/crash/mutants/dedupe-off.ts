/** Mutant: the inbox recognises nothing, because no MO has the same id twice. What is delivered again counts again. */
import { randomUUID } from 'node:crypto'
import { runDoorless } from '../doorless.ts'

await runDoorless({
  wrapSubmit: (submit) => (event) =>
    submit(event.kind === 'mo' ? { ...event, messageId: `${event.messageId} ${randomUUID()}` } : event),
})
