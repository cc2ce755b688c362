import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { fieldListQuery } from '../../shared/api/people-lists.ts'
import { counted, problemWords } from './model/import-words.ts'
import type { Import } from './use-imports.ts'

interface CheckedProps {
  readonly item: Import
  readonly mayImport: boolean
  readonly isBusy: boolean
  onRun(): void
}

/** What a dry run found, and the way on. */
export function Checked({ item, mayImport, isBusy, onRun }: CheckedProps) {
  const fields = useQuery(fieldListQuery).data?.items ?? []
  const { counts, id, rules } = item
  if (counts === null) return null
  const refused = Object.entries(counts.refused)
  const refusedRows = refused.reduce((sum, [, count]) => sum + count, 0)
  const isIdle = counts.created + counts.changed === 0 && (rules?.consent ?? null) === null
  return (
    <section className="tl-paper tl-import-card">
      <h2>What would happen</h2>
      <dl className="tl-import-figures">
        <Figure count={counts.created} what="new" tone="good" />
        <Figure count={counts.changed} what="changed" />
        <Figure count={counts.same} what="as they are" />
        {counts.skipped > 0 && <Figure count={counts.skipped} what="left alone" />}
        {counts.merged > 0 && <Figure count={counts.merged} what="the same phone again" />}
        <Figure count={refusedRows} what="refused" {...(refusedRows > 0 && { tone: 'bad' })} />
      </dl>
      <ul className="tl-import-notes">
        {counts.newGroups.length > 0 && (
          <li>
            New groups:{' '}
            {counts.newGroups
              .slice(0, 10)
              .map(({ title }) => title)
              .join(', ')}
            {counts.newGroups.length > 10 && ` and ${counts.newGroups.length - 10} more`}
          </li>
        )}
        {counts.optedOut > 0 && (
          <li>
            {counted(counts.optedOut, 'contact')} of the file opted out before, and will stay so whatever it says.
          </li>
        )}
        {rules?.consent?.state === 'out' && <li>Everybody in the file will be opted out.</li>}
        {refused.map(([problem, count]) => (
          <li key={problem}>
            {counted(count, 'row')} with {problemWords(problem, fields)}
          </li>
        ))}
      </ul>
      <div className="tl-form-deeds">
        {refusedRows > 0 && (
          <Button
            component="a"
            href={`/api/v1/imports/${id}/rows?of=refused`}
            variant="default"
            leftSection={<IconDownload size={17} aria-hidden />}
          >
            Refused rows
          </Button>
        )}
        {mayImport && (
          <Button loading={isBusy} disabled={isIdle} onClick={onRun}>
            {isIdle
              ? 'Nothing to import'
              : `Import ${counted(counts.created + counts.changed + counts.same, 'contact')}`}
          </Button>
        )}
      </div>
    </section>
  )
}

/** A number with what it counts. */
export function Figure({ count, what, tone }: { count: number; what: string; tone?: 'good' | 'bad' }) {
  return (
    <div data-tone={tone}>
      <dt>{what}</dt>
      <dd>{count.toLocaleString('en')}</dd>
    </div>
  )
}
