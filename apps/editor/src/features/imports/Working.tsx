import { Button, Progress } from '@mantine/core'
import { counted, shareDone } from './model/import-words.ts'
import type { Import } from './use-imports.ts'

const titles = { checking: 'Reading the file', running: 'Importing', undoing: 'Taking it back' } as const

/** Something is being done: how far it is, and a way to stop it. */
export function Working({ item, onCancel }: { item: Import; onCancel: (() => void) | undefined }) {
  const { state, progress, counts } = item
  const title = state === 'running' || state === 'undoing' ? titles[state] : titles.checking
  const share = state === 'running' && counts !== null ? shareDone(progress, rowsToDo(counts)) : undefined
  return (
    <section className="tl-paper tl-import-card" aria-busy="true">
      <h2>{title}…</h2>
      <Progress value={share ?? 100} animated={share === undefined} striped={share === undefined} aria-label={title} />
      <p role="status">
        {counted(progress, 'row')}
        {share !== undefined && ` · ${Math.floor(share)} %`}. It goes on if you leave this page.
      </p>
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          Stop
        </Button>
      )}
    </section>
  )
}

function rowsToDo({ created, changed, same, skipped }: NonNullable<Import['counts']>): number {
  return created + changed + same + skipped
}
