/** Mutant: nobody ever loses what they own. A lease that is somebody else's by now is renewed, and what is written under it counts. */
import { runDoorless } from '../doorless.ts'

/** What asks whether a lease is still its owner's, and what asks nothing instead. */
const fences: readonly (readonly [fence: string, none: string])[] = [
  // Renewing.
  [
    'and l.owner = $2::text and l.epoch = x.epoch\nreturning l.resource, l.epoch,',
    'and $2::text is not null\nreturning l.resource, x.epoch,',
  ],
  // Settling and claiming.
  ['and owner = $6::text and epoch = $7::bigint', 'and $6::text is not null and $7::bigint is not null'],
]

await runDoorless({
  wrapSql: (sql) => ({
    ...sql,
    query: (text, params) =>
      sql.query(
        fences.reduce((all, [fence, none]) => all.replaceAll(fence, none), text),
        params,
      ),
  }),
})
