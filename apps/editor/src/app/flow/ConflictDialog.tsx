import { Button, Modal } from '@mantine/core'
import { useStore } from 'zustand'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import type { Autosave, SaveState } from '../../document/saving/autosave.ts'
import { differences } from '../../document/saving/differences.ts'

/** Somebody else saved meanwhile: shows in words what differs, and lets a person decide. */
export function ConflictDialog({ saving }: { saving: Autosave }) {
  const state = useStore(saving.state)
  return (
    <Modal
      opened={state.kind === 'conflict'}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title="This flow was changed somewhere else"
    >
      {state.kind === 'conflict' && <Choice state={state} saving={saving} />}
    </Modal>
  )
}

function Choice({ state, saving }: { state: Extract<SaveState, { kind: 'conflict' }>; saving: Autosave }) {
  const { registry } = useFlowEditor()
  const flow = useFlow((mine) => mine)
  const { base, theirs } = state
  return (
    <div className="tl-conflict">
      <p>
        It was saved in another tab or by somebody else while you worked on it. Nothing is lost yet: pick what stays.
      </p>
      <div className="tl-conflict-sides">
        <Side title="Their changes" said={differences(base, theirs.document, registry)} />
        <Side title="Your changes" said={differences(base, toDocument(flow), registry)} />
      </div>
      <div className="tl-conflict-deeds">
        <Button variant="default" onClick={() => saving.resolve('theirs')}>
          Take theirs, drop mine
        </Button>
        <Button onClick={() => saving.resolve('mine')}>Keep mine, replace theirs</Button>
      </div>
    </div>
  )
}

/** So many differences are listed; the rest is a number. */
const shown = 8

function Side({ title, said }: { title: string; said: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {said.length === 0 && <li>None</li>}
        {said.slice(0, shown).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {said.length > shown && <li>and {said.length - shown} more</li>}
      </ul>
    </section>
  )
}
