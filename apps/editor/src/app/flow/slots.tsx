import { type ComponentType, lazy } from 'react'
import type { Autosave } from '../../document/saving/autosave.ts'
import { loadPart } from '../../shared/parts/load-part.ts'
import type { EditorWorker } from '../../worker/start-worker.ts'

/** What is handed to each part of the flow page; the open flow itself comes by `useFlowEditor()`. */
export interface FlowSlotProps {
  readonly worker: EditorWorker
  readonly saving: Autosave
  /** Closes the part: the inspector goes back to the canvas, the phone folds away. */
  readonly onClose: () => void
}

/** The parts of the flow page beside its canvas. Features never know each other, so they meet here. */
export interface FlowSlots {
  /** The fields of the step that is picked out (`useView((view) => view.inspected)`). */
  readonly Inspector?: ComponentType<FlowSlotProps>
  /** The phone that tries the flow. */
  readonly Phone?: ComponentType<FlowSlotProps>
  /** Publishing: a button with its drawer. */
  readonly Publish?: ComponentType<FlowSlotProps>
  /** The flow as a table of replies, in place of the canvas. */
  readonly Table: ComponentType<{ readonly onShow: (node: string) => void }>
  /** The texts of the flow in its languages, in place of the canvas. */
  readonly Translations: ComponentType<{ readonly onShow: (node: string) => void }>
}

/** The parts there are. */
export const slots: FlowSlots = {
  Inspector: lazy(() =>
    loadPart(() => import('../../features/inspector/Inspector.tsx')).then(({ Inspector }) => ({ default: Inspector })),
  ),
  Phone: lazy(() =>
    loadPart(() => import('../../features/simulator/Phone.tsx')).then(({ Phone }) => ({ default: Phone })),
  ),
  Publish: lazy(() =>
    loadPart(() => import('../../features/publishing/PublishButton.tsx')).then(({ PublishButton }) => ({
      default: PublishButton,
    })),
  ),
  Table: lazy(() =>
    loadPart(() => import('../../features/autoresponder/AutoresponderTable.tsx')).then(({ AutoresponderTable }) => ({
      default: AutoresponderTable,
    })),
  ),
  Translations: lazy(() =>
    loadPart(() => import('../../features/translations/TranslationsTable.tsx')).then(({ TranslationsTable }) => ({
      default: TranslationsTable,
    })),
  ),
}
