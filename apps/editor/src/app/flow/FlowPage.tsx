import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { FlowEditorProvider, useView } from '../../document/hooks.tsx'
import { Canvas } from '../../features/canvas/Canvas.tsx'
import { ProblemList } from '../../features/canvas/problems/ProblemList.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import '../../shared/ui/unseen.css'
import { useArrange } from './arrange.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { FlowHeader } from './FlowHeader.tsx'
import './flow-page.css'
import { RestoredNote } from './RestoredNote.tsx'
import { slots } from './slots.tsx'
import { type LockedOpening, type OpenFlow, useOpenFlow, useStoredFlow } from './use-open-flow.ts'

/** One flow: drawn in the middle, its steps' fields and the phone beside it. */
export function FlowPage() {
  const { flowId } = useParams({ from: '/shell/flows/$flowId' })
  const stored = useStoredFlow(flowId)
  if (stored.isPending) return <LoadingState what="the flow" />
  if (stored.isError) {
    const named = { what: 'flow', way: <Link to="/flows">All flows</Link> }
    return <ErrorState error={stored.error} retry={() => void stored.refetch()} named={named} />
  }
  return <Opened key={flowId} opening={stored.data} />
}

function Opened({ opening }: { opening: LockedOpening }) {
  const open = useOpenFlow(opening)
  if (!open) return <LoadingState what="the flow" />
  return (
    <FlowEditorProvider editor={open.editor}>
      <Page open={open} />
    </FlowEditorProvider>
  )
}

function Page({ open }: { open: OpenFlow }) {
  const { editor, saving, worker, lock } = open
  const navigate = useNavigate()
  const arrange = useArrange(worker)
  const [shows, setShows] = useState({ problems: false, phone: false, settings: false })
  const hasInspected = useView(({ inspected }) => inspected !== undefined)
  const { view = 'canvas' } = useSearch({ from: '/shell/flows/$flowId' })
  const { Inspector, Phone, Table, Translations } = slots
  const parts = { saving, worker }
  // The fields of a step belong to its card.
  useEffect(() => {
    if (view !== 'canvas' && hasInspected) editor.view.inspect(undefined)
  }, [view, hasInspected, editor])
  const showOnCanvas = (node: string) =>
    void navigate({ to: '.', search: {}, replace: true }).then(() => editor.view.inspect(node))
  return (
    <div className="tl-flow-page">
      <FlowHeader
        {...parts}
        lock={lock}
        view={view}
        shows={{ ...shows, settings: shows.settings && !hasInspected }}
        onShow={(part) => {
          // The settings of the flow stand where the fields of a step do, so the step makes room.
          if (part === 'settings') editor.view.inspect(undefined)
          setShows((before) => ({ ...before, [part]: !before[part] || (part === 'settings' && hasInspected) }))
        }}
      />
      <RestoredNote at={open.restoredFrom} />
      <div className="tl-flow-parts">
        <div className="tl-flow-middle">
          {view !== 'canvas' ? (
            <Suspense fallback={<LoadingState what="the table" />}>
              {view === 'table' ? <Table onShow={showOnCanvas} /> : <Translations onShow={showOnCanvas} />}
            </Suspense>
          ) : (
            <Canvas
              arrange={arrange}
              readOnly={lock !== undefined}
              onTemplates={() => void navigate({ to: '/flows' })}
            />
          )}
          {shows.problems && <ProblemList onClose={() => setShows((before) => ({ ...before, problems: false }))} />}
        </div>
        {Inspector && (hasInspected || shows.settings) && (
          <aside className="tl-flow-inspector" aria-label="Step" data-undo="document">
            <Suspense fallback={<LoadingState what="the fields" />}>
              <Inspector
                {...parts}
                onClose={() => {
                  if (hasInspected) closeInspector(editor.view)
                  else setShows((before) => ({ ...before, settings: false }))
                }}
              />
            </Suspense>
          </aside>
        )}
        {Phone && shows.phone && (
          <aside className="tl-flow-phone" aria-label="Phone">
            <Suspense fallback={<LoadingState what="the phone" />}>
              <Phone {...parts} onClose={() => setShows((before) => ({ ...before, phone: false }))} />
            </Suspense>
          </aside>
        )}
      </div>
      <ConflictDialog saving={saving} />
    </div>
  )
}

/** The keyboard goes back to the card whose fields were open. */
function closeInspector(view: OpenFlow['editor']['view']): void {
  const { inspected } = view.getState()
  view.inspect(undefined)
  if (inspected !== undefined) view.show(inspected)
}
