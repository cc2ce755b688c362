import { formatFlow } from '@textloom/core'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FlowEditor } from '../flow-editor.ts'
import { toDocument } from '../flow-state.ts'
import { nodeName } from '../node-reading.ts'
import { problemText } from '../problem-text.ts'
import { differences } from './differences.ts'
import type { BackupPlace } from './draft-backup.ts'
import type { FlowStorage, SaveAnswer, StoredFlow } from './flow-storage.ts'

/** Where the document stands towards what the runtime has. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: number | undefined }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** The runtime does not answer; it is tried again by and by, and the draft is kept here. */
  | { readonly kind: 'offline' }
  /** Nobody is signed in any more; the draft is kept here until somebody is. */
  | { readonly kind: 'signed-out' }
  /** The runtime does not take the document as it is; saved again after the next change. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Somebody else has saved since: nothing is written until a person decides. */
  | { readonly kind: 'conflict'; readonly base: StoredFlow['document']; readonly theirs: StoredFlow }

/** Saves an open flow by itself. */
export interface Autosave {
  readonly state: StoreApi<SaveState>
  /** Saves what is not saved at once; resolves when it is, or cannot be. */
  flush(): Promise<SaveState>
  /** The last chance before the page closes. */
  pageHides(): void
  /** The connection is back: tries again at once. */
  online(): void
  /** Answers a conflict: take what the runtime has, or put mine over it. */
  resolve(by: 'theirs' | 'mine'): void
  stop(): void
}

/** What autosave needs. */
export interface AutosaveOptions {
  readonly editor: Pick<FlowEditor, 'document' | 'registry'>
  readonly stored: StoredFlow
  readonly storage: FlowStorage
  readonly backup: BackupPlace
  readonly now?: () => number
}

/** A pause in typing of this length is a good moment to save. */
const quietMs = 800

/** Nobody's last change waits longer than this. */
const latestMs = 1_800

/** Pauses between attempts while nothing answers. */
const retryMs: readonly number[] = [2_000, 4_000, 8_000, 15_000, 30_000]

/** Watches an open flow and saves it within two seconds of a change. */
export function autosave({ editor, stored, storage, backup, now = Date.now }: AutosaveOptions): Autosave {
  const { document, registry } = editor
  const state = createStore<SaveState>()(() => ({ kind: 'saved', at: undefined }))
  const textNow = () => formatFlow(toDocument(document.getState().flow), registry)
  let base = stored
  /** The text of `base`. */
  let savedText = formatFlow(stored.document, registry)
  let saving: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let changedAt: number | undefined
  let attempts = 0

  const keepHere = (text: string) => backup.write({ text, etag: base.etag, base: savedText, at: now() })
  const become = (next: SaveState) => state.setState(next, true)
  const plan = (delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), delayMs)
  }

  /** What the runtime minds, in the words of the canvas where it is about a step. */
  const reason = ({ message, issues: [first] }: Extract<SaveAnswer, { kind: 'refused' }>): string => {
    const node = document.getState().flow.nodes.get(first?.node ?? '')
    if (!first || !node) return first?.message ?? message
    return `${nodeName(node, registry)}: ${problemText(first, registry.get(node.type))}`
  }

  const planSoon = () => {
    changedAt ??= now()
    plan(Math.max(0, Math.min(quietMs, changedAt + latestMs - now())))
  }

  const save = async (): Promise<void> => {
    clearTimeout(timer)
    if (saving !== undefined) return saving
    if (state.getState().kind === 'conflict') return
    const flow = toDocument(document.getState().flow)
    const text = textNow()
    changedAt = undefined
    if (text === savedText) {
      backup.clear(text)
      if (state.getState().kind !== 'saved') become({ kind: 'saved', at: now() })
      return
    }
    become({ kind: 'saving' })
    keepHere(text)
    saving = storage.save(flow.id, text, base.etag).then((answer) => {
      saving = undefined
      if (answer.kind === 'offline') {
        become({ kind: 'offline' })
        plan(retryMs[Math.min(attempts++, retryMs.length - 1)] ?? 30_000)
        return
      }
      attempts = 0
      if (answer.kind === 'signed-out') return become(answer)
      if (answer.kind === 'refused') return become({ kind: 'refused', message: reason(answer) })
      if (answer.kind === 'conflict') {
        const { theirs } = answer
        const theirText = formatFlow(theirs.document, registry)
        // The same text from another tab, or an answer of ours that got lost on its way, is no disagreement; neither is
        // a save that changed nothing: ours goes on top of it.
        if (theirText !== text) {
          // With the version that was refused it would only be refused again.
          const isAnother = theirs.etag !== base.etag
          if (!isAnother || differences(base.document, theirs.document, registry).length > 0) {
            return become({ kind: 'conflict', base: base.document, theirs })
          }
          base = theirs
          savedText = theirText
          become({ kind: 'unsaved' })
          return plan(0)
        }
        base = theirs
      } else base = { document: flow, etag: answer.etag }
      savedText = text
      backup.clear(text)
      if (textNow() === text) return become({ kind: 'saved', at: now() })
      become({ kind: 'unsaved' })
      planSoon()
    })
    return saving
  }

  const onChange = () => {
    const { kind } = state.getState()
    if (kind === 'conflict') return
    const isKept = kind === 'offline' || kind === 'signed-out'
    if (!isKept && kind !== 'saving') become({ kind: 'unsaved' })
    // While nothing answers the next attempt is planned already; what it sends is what is there then.
    if (isKept) keepHere(textNow())
    else planSoon()
  }

  const stopListening = document.subscribe((next, before) => {
    if (next.flow !== before.flow) onChange()
  })
  if (textNow() !== savedText) onChange()

  const flush = async (): Promise<SaveState> => {
    if (saving !== undefined) await saving
    await save()
    return state.getState()
  }

  return {
    state,
    flush,
    online() {
      attempts = 0
      if (state.getState().kind === 'offline') plan(0)
    },
    pageHides() {
      const text = textNow()
      if (text === savedText || state.getState().kind === 'conflict') return
      keepHere(text)
      if (saving === undefined) void storage.save(stored.document.id, text, base.etag, { isLast: true })
    },
    resolve(by) {
      const decided = state.getState()
      if (decided.kind !== 'conflict') return
      base = decided.theirs
      savedText = formatFlow(decided.theirs.document, registry)
      become({ kind: 'unsaved' })
      if (by === 'theirs') {
        backup.clear(textNow())
        document.load(decided.theirs.document)
      }
      plan(0)
    },
    stop() {
      stopListening()
      clearTimeout(timer)
    },
  }
}
