import { Button, FileButton, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconRoute, IconSearch, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import '../../shared/ui/page.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { copyName, copyOf } from './documents.ts'
import { FlowRow } from './FlowRow.tsx'
import { flowIdFor } from './flow-id.ts'
import './flows.css'
import { useFileDrop } from '../../shared/ui/use-file-drop.ts'
import { NewFlow } from './NewFlow.tsx'
import { type FlowItem, useFlowDeeds, useFlows } from './use-flows.ts'

const TYPING_MS = 250

/** Every conversation of this instance. */
export function FlowsPage() {
  const [search, setSearch] = useState('')
  const [archived, setArchived] = useState(false)
  const [isMaking, setMaking] = useState(false)
  const [sought] = useDebouncedValue(search.trim(), TYPING_MS)
  const flows = useFlows({ archived, search: sought })
  const names = useFlowNames()
  const { data: me } = useQuery(meQuery)
  const mayChange = may(me, 'flows:write')
  const deeds = useFlowDeeds()
  const navigate = useNavigate()
  const takeFile = (file: File) => deeds.importFile.mutate(file)
  const drop = useFileDrop(takeFile)

  if (flows.isPending) return <LoadingState what="flows" />
  if (flows.isLoadingError) return <ErrorState error={flows.error} retry={() => void flows.refetch()} />
  const items = flows.data.pages.flatMap((page) => page.items)
  const isNarrowed = archived || search !== '' || sought !== ''
  const isTaken = (id: string) => names?.has(id) ?? false

  const duplicate = ({ id, name }: FlowItem) => {
    const copy = copyName(name)
    deeds.duplicate.mutate({ id, change: (document) => copyOf(document, flowIdFor(copy, isTaken), copy) })
  }

  return (
    <div className="tl-sheet tl-flows" {...(mayChange && drop.handlers)} data-dropping={drop.isOver || undefined}>
      {drop.isOver && (
        <p className="tl-flows-drop" role="status">
          <IconUpload size={18} aria-hidden /> Let go to import the flow
        </p>
      )}
      <header className="tl-page-head">
        <h1>Flows</h1>
        {mayChange && (
          <>
            <FileButton accept="application/json,.json" onChange={(file) => file && takeFile(file)}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconUpload size={17} />}>
                  Import
                </Button>
              )}
            </FileButton>
            <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
              New flow
            </Button>
          </>
        )}
      </header>
      {(items.length > 0 || isNarrowed) && (
        <div className="tl-flows-tools">
          <TextInput
            aria-label="Search flows"
            placeholder="Search by name"
            leftSection={<IconSearch size={16} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Switch label="Put away" checked={archived} onChange={(event) => setArchived(event.currentTarget.checked)} />
        </div>
      )}
      {items.length > 0 ? (
        <>
          <ul className="tl-paper tl-flow-list" aria-busy={flows.isPlaceholderData || undefined}>
            {items.map((flow) => (
              <FlowRow
                key={flow.id}
                flow={flow}
                nowMs={flows.dataUpdatedAt}
                mayChange={mayChange}
                onDuplicate={duplicate}
                onArchive={(it) => deeds.archive.mutate(it)}
              />
            ))}
          </ul>
          <MoreButton list={flows}>Show more</MoreButton>
        </>
      ) : isNarrowed ? (
        <EmptyState icon={<IconSearch size={28} />} title="Nothing found">
          {sought === '' ? 'No flow has been put away.' : `No flow is called “${sought}”.`}
        </EmptyState>
      ) : (
        <EmptyState
          icon={<IconRoute size={28} />}
          title={mayChange ? 'Draw your first conversation' : 'No flows yet'}
          action={mayChange && <Button onClick={() => setMaking(true)}>New flow</Button>}
        >
          A flow is a conversation you draw once and Textloom holds with everybody who texts in.{' '}
          {mayChange
            ? 'Begin with a template, or drop a flow file here.'
            : 'Nobody has drawn one yet; drawing is for editors and administrators.'}
        </EmptyState>
      )}
      {isMaking && (
        <NewFlow
          isTaken={isTaken}
          onClose={() => setMaking(false)}
          onMake={(document, view) =>
            deeds.create.mutate(document, {
              onSuccess: ({ id }) =>
                void navigate({
                  to: '/flows/$flowId',
                  params: { flowId: id },
                  search: view === 'canvas' ? {} : { view },
                }),
            })
          }
        />
      )}
    </div>
  )
}
