import type { FlowDocument, Issue } from '@textloom/core'
import type { FlowEditor } from './flow-editor.ts'
import { toDocument } from './flow-state.ts'

/** How long the document rests before it is looked through again. */
const problemsAfterMs = 250

/**
 * Keeps the problems of an open flow up to date: looks the document through now and after each change, when it has come
 * to rest. Answers that come too late are dropped. Answers the way to stop.
 */
export function watchProblems(
  { document, problems }: Pick<FlowEditor, 'document' | 'problems'>,
  findProblems: (document: FlowDocument) => Promise<readonly Issue[]>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let looked = 0
  const look = async () => {
    const turn = ++looked
    const issues = await findProblems(toDocument(document.getState().flow)).catch(() => undefined)
    if (turn === looked && issues) problems.show(issues)
  }
  const stopListening = document.subscribe((now, before) => {
    if (now.flow === before.flow) return
    problems.markStale()
    clearTimeout(timer)
    timer = setTimeout(() => void look(), problemsAfterMs)
  })
  void look()
  return () => {
    stopListening()
    clearTimeout(timer)
    looked++
  }
}
