import type { FlowDocument } from '@textloom/core'
import type { Draft } from 'immer'
import { type FlowState, fromDocument } from '../flow-state.ts'
import type { FlowDraft } from './draft.ts'

/** Puts another version of the flow in place of this one; what that version does not say is taken away. */
export function restore(draft: FlowDraft, document: FlowDocument): void {
  const next = fromDocument(document) as Draft<FlowState>
  for (const key of Object.keys(draft) as (keyof FlowState)[]) {
    if (!(key in next)) delete (draft as Record<string, unknown>)[key]
  }
  Object.assign(draft, next)
}
