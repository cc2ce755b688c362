import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FlowDocument, parseFlow, parseFlowValue } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { useEffect, useState } from 'react'
import { createFlowEditor, type FlowEditor } from '../../document/flow-editor.ts'
import { type Autosave, autosave } from '../../document/saving/autosave.ts'
import { backupPlace } from '../../document/saving/draft-backup.ts'
import { type FlowStorage, runtimeStorage } from '../../document/saving/flow-storage.ts'
import { type Opening, openStored } from '../../document/saving/open-stored.ts'
import { watchProblems } from '../../document/watch-problems.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import { type EditorWorker, startWorker } from '../../worker/start-worker.ts'
import { leaveForSignIn } from '../queries.ts'

/** A flow that is open: its editor, what saves it, and the worker beside it. */
export interface OpenFlow {
  readonly editor: FlowEditor
  readonly saving: Autosave
  readonly worker: EditorWorker
  readonly restoredFrom: number | undefined
  readonly lock: Lock | undefined
}

/** Why a flow can only be looked at: the person's role, or the configuration file that declares it. */
export type Lock = 'role' | 'declared'

const storage: FlowStorage = runtimeStorage(readDocument, (...request) => fetch(...request))

/** Loads a flow, always anew: what is shown must be what the next save is based on. */
export function useStoredFlow(flowId: string) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['flow-document', flowId],
    queryFn: async (): Promise<LockedOpening> => {
      const [stored, me] = await Promise.all([storage.load(flowId), queries.ensureQueryData(meQuery)])
      const lock = stored.isDeclared ? 'declared' : may(me, 'flows:write') ? undefined : 'role'
      if (lock !== undefined) return { document: stored.document, stored, lock }
      return openStored(stored, backupPlace(flowId, localStorage), readText, registry)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  })
}

/** With what a flow opens, and whether it can be changed. */
export type LockedOpening = Opening & { readonly lock?: Lock }

/** Opens a loaded flow for as long as the page shows it; undefined for a moment at first. */
export function useOpenFlow({ document, stored, restoredFrom, lock }: LockedOpening): OpenFlow | undefined {
  const [open, setOpen] = useState<OpenFlow>()
  const queries = useQueryClient()
  useEffect(() => {
    const editor = createFlowEditor({ document, registry, isReadOnly: lock !== undefined })
    const backup = backupPlace(document.id, localStorage)
    const saving = autosave({ editor, stored, storage, backup })
    saving.state.subscribe(({ kind }) => kind === 'signed-out' && leaveForSignIn())
    const worker = startWorker()
    const stopWatching = watchProblems(editor, worker.ask.findProblems)
    const page = window.document
    const onHide = () => page.visibilityState === 'hidden' && saving.pageHides()
    window.addEventListener('online', saving.online)
    window.addEventListener('pagehide', saving.pageHides)
    page.addEventListener('visibilitychange', onHide)
    setOpen({ editor, saving, worker, restoredFrom, lock })
    return () => {
      window.removeEventListener('online', saving.online)
      window.removeEventListener('pagehide', saving.pageHides)
      page.removeEventListener('visibilitychange', onHide)
      stopWatching()
      void saving.flush().finally(() => {
        saving.stop()
        void queries.invalidateQueries({ queryKey: ['flows'] })
      })
      worker.stop()
      setOpen(undefined)
    }
  }, [document, stored, restoredFrom, lock, queries])
  return open
}

function readDocument(body: unknown): FlowDocument {
  const parsed = parseFlowValue(body, registry)
  if (parsed.ok) return parsed.flow
  throw new Error(`This flow cannot be opened here: ${parsed.issues[0]?.message ?? 'it is no flow.'}`)
}

/** A draft of this browser; one that cannot be read is none. */
function readText(text: string): FlowDocument | undefined {
  const parsed = parseFlow(text, registry)
  return parsed.ok ? parsed.flow : undefined
}
