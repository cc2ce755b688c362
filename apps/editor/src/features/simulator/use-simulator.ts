import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { FlowEditor } from '../../document/flow-editor.ts'
import { toDocument } from '../../document/flow-state.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { askLive } from './ask-live.ts'
import { loadCalled } from './load-called.ts'
import { calledFlows } from './model/called-flows.ts'
import { runPathOf } from './model/run-path.ts'
import { stubKeeper } from './model/stubs.ts'
import { createSimulatorStore, type SimulatorState, type SimulatorStore } from './simulator-store.ts'

/** How long the document must rest before the conversation is played again. */
const restMs = 350

/** One phone for each open flow: folded away and taken out again, it is where it was. */
const phones = new WeakMap<FlowEditor, SimulatorStore>()

/** The phone of the open flow. While it is shown, the canvas shows its way and follows its changes. */
export function useSimulator(worker: EditorWorker): SimulatorStore {
  const editor = useFlowEditor()
  const queries = useQueryClient()
  const simulator = useMemo(() => phoneOf(editor, worker, queries), [editor, worker, queries])
  useEffect(() => {
    const showPath = ({ turns }: SimulatorState) => {
      const { passed, current } = runPathOf(turns)
      editor.run.showPath(passed, current)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const onDocument = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void simulator.documentChanged(), restMs)
    }
    if (simulator.getState().turns.length === 0) void simulator.restart()
    else void simulator.documentChanged()
    showPath(simulator.getState())
    const stopPath = simulator.subscribe((state, before) => state.turns !== before.turns && showPath(state))
    const stopDocument = editor.document.subscribe(onDocument)
    return () => {
      clearTimeout(timer)
      stopPath()
      stopDocument()
      editor.run.clear()
    }
  }, [simulator, editor])
  return simulator
}

/** Part of what the phone shows. */
export function usePhone<Part>(simulator: SimulatorStore, select: (state: SimulatorState) => Part): Part {
  return useStore(simulator, select)
}

function phoneOf(editor: FlowEditor, { ask }: EditorWorker, queries: QueryClient): SimulatorStore {
  const document = () => toDocument(editor.document.getState().flow)
  const phone =
    phones.get(editor) ??
    createSimulatorStore({
      play: ask.playConversation,
      runTests: ask.runTests,
      document,
      calledBy: (flow) => calledFlows(flow, editor.registry, (id) => loadCalled(queries, id)),
      keeper: stubKeeper(localStorage, document().id),
      askLive: (request) => askLive(document().id, request),
    })
  phones.set(editor, phone)
  return phone
}
