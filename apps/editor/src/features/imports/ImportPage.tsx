import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/form.css'
import '../../shared/ui/page.css'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import './imports.css'
import { Checked } from './Checked.tsx'
import { Done } from './Done.tsx'
import { isWorking, sizeWords, stateWords } from './model/import-words.ts'
import { Plan } from './Plan.tsx'
import { useImport, useImportDeeds } from './use-imports.ts'
import { Working } from './Working.tsx'

/** One file on its way: how it is read, what would happen, what happened. */
export function ImportPage() {
  const { importId } = useParams({ from: '/shell/people/import/$importId' })
  const found = useImport(importId)
  const deeds = useImportDeeds(importId)
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  const way = <Link to="/people/import">All imports</Link>

  if (found.isPending) return <LoadingState what="the import" />
  if (found.isLoadingError) {
    return <ErrorState error={found.error} retry={() => void found.refetch()} named={{ what: 'import', way }} />
  }
  const item = found.data
  const { state, ranAt } = item
  const mayImport = may(me, 'imports:write')
  const forget = () => deeds.forget.mutate(undefined, { onSuccess: () => void navigate({ to: '/people/import' }) })
  const { says, tone } = stateWords(state)
  const isOpen = ranAt === null && !isWorking(state)
  return (
    <div className="tl-sheet tl-import">
      <Link className="tl-back" to="/people/import">
        <IconArrowLeft size={16} aria-hidden /> Imports
      </Link>
      <header className="tl-page-head">
        <h1>{item.name}</h1>
        <span className="tl-import-size">{sizeWords(item.size)}</span>
        <span className="tl-chip" data-tone={tone}>
          {says}
        </span>
      </header>
      {item.problem !== null && (
        <p className="tl-form-error" role="alert">
          {item.problem}
        </p>
      )}
      {isWorking(state) && <Working item={item} onCancel={mayImport ? () => deeds.act.mutate('cancel') : undefined} />}
      {!isWorking(state) && ranAt !== null && (
        <Done
          item={item}
          mayImport={mayImport}
          isBusy={deeds.act.isPending}
          onDeed={(deed) => deeds.act.mutate(deed)}
        />
      )}
      {state === 'checked' && (
        <Checked item={item} mayImport={mayImport} isBusy={deeds.act.isPending} onRun={() => deeds.act.mutate('run')} />
      )}
      {isOpen && (
        <Plan
          // A file that is read otherwise begins anew.
          key={JSON.stringify(item.reading)}
          item={item}
          mayImport={mayImport}
          mayConsent={may(me, 'consent:write')}
          isBusy={deeds.change.isPending || deeds.act.isPending}
          onRead={(reading) => deeds.change.mutate({ reading })}
          onTry={async (mapping, rules) => {
            await deeds.change.mutateAsync({ mapping, rules })
            await deeds.act.mutateAsync('check')
          }}
        />
      )}
      {mayImport && !isWorking(state) && (
        <p className="tl-import-forget">
          <Button variant="subtle" color="gray" size="compact-sm" loading={deeds.forget.isPending} onClick={forget}>
            {ranAt === null ? 'Throw the file away' : 'Take it off the list'}
          </Button>
        </p>
      )}
    </div>
  )
}
