import { Button, FileButton } from '@mantine/core'
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { may, meQuery } from '../../shared/api/me.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import '../../shared/ui/form.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { useFileDrop } from '../../shared/ui/use-file-drop.ts'
import { ago } from '../../shared/words/ago.ts'
import './imports.css'
import { counted, stateWords } from './model/import-words.ts'
import { type ImportSummary, useImports, useUpload } from './use-imports.ts'

const accepted = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Contacts from files: drop one, or look at those that were imported. */
export function ImportsPage() {
  const { data: me } = useQuery(meQuery)
  const imports = useImports()
  const upload = useUpload()
  const navigate = useNavigate()
  const take = (file: File) =>
    upload.mutate(file, {
      onSuccess: ({ id }) => void navigate({ to: '/people/import/$importId', params: { importId: id } }),
    })
  const drop = useFileDrop(take)
  const mayImport = may(me, 'imports:write')
  const items = imports.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {mayImport && (
        <section
          className="tl-paper tl-import-drop"
          aria-label="Upload a file"
          data-over={drop.isOver || undefined}
          {...drop.handlers}
        >
          <IconFileSpreadsheet size={30} aria-hidden />
          <div>
            <h2>{drop.isOver ? 'Let go to upload it' : 'Drop a CSV or Excel file here'}</h2>
            <p>Up to 50 MB and 500,000 rows. Nothing is imported before you have seen what would happen.</p>
          </div>
          <FileButton accept={accepted} onChange={(file) => file !== null && take(file)}>
            {(props) => (
              <Button {...props} loading={upload.isPending} leftSection={<IconUpload size={17} aria-hidden />}>
                Choose a file
              </Button>
            )}
          </FileButton>
          {upload.isError && (
            <p className="tl-form-error" role="alert">
              {upload.error.message}
            </p>
          )}
        </section>
      )}
      {imports.isPending ? (
        <LoadingState what="imports" />
      ) : imports.isLoadingError ? (
        <ErrorState error={imports.error} retry={() => void imports.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon={<IconFileSpreadsheet size={28} />} title="Nothing was imported yet">
          Files that you import are listed here, with what became of them and a way to take them back.
        </EmptyState>
      ) : (
        <>
          <ul className="tl-paper tl-import-list">
            {items.map((item) => (
              <ImportLine key={item.id} item={item} nowMs={imports.dataUpdatedAt} />
            ))}
          </ul>
          <MoreButton list={imports}>Show older ones</MoreButton>
        </>
      )}
    </>
  )
}

function ImportLine({ item, nowMs }: { item: ImportSummary; nowMs: number }) {
  const { id, name, state, result, counts, createdBy, createdAt } = item
  const { says, tone } = stateWords(state)
  const done = result === null ? undefined : result.created + result.changed
  const facts = [
    done === undefined ? counts && counted(counts.rows, 'row') : `${counted(done, 'contact')} made or changed`,
    createdBy,
    ago(Date.parse(createdAt), nowMs),
  ]
  return (
    <li>
      <Link to="/people/import/$importId" params={{ importId: id }}>
        <strong>{name}</strong>
        <span>{facts.filter(Boolean).join(' · ')}</span>
      </Link>
      <span className="tl-chip" data-tone={tone}>
        {says}
      </span>
    </li>
  )
}
