import { Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FlowDocument } from '@textloom/core'
import { type FormEvent, useState } from 'react'
import { ask } from '../../shared/api/request.ts'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { blankFlow, copyOf, replyTable } from './documents.ts'
import { flowIdFor } from './flow-id.ts'
import { Miniature } from './Miniature.tsx'

/** A finished conversation to begin with. */
interface Template {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly document: FlowDocument
}

interface NewFlowProps {
  readonly isTaken: (id: string) => boolean
  onClose(): void
  /** `view` is how it is best looked at first. */
  onMake(document: FlowDocument, view: 'canvas' | 'table'): void
}

/** Stands among the templates, but is made of rows. */
const table: Template = {
  id: 'autoresponder',
  name: 'Autoresponder',
  description: 'A table: this text gets that reply.',
  document: replyTable('autoresponder', 'Autoresponder'),
}

/** Asks for a name and what to begin with: an empty canvas or one of the templates. */
export function NewFlow({ isTaken, onClose, onMake }: NewFlowProps) {
  const templates = useQuery({
    queryKey: ['templates'],
    queryFn: () => ask<{ items: readonly Template[] }>(fetch('/api/v1/templates')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [chosen, setChosen] = useState<Template>()
  const [name, setName] = useState('')
  const shownName = name === '' ? (chosen?.name ?? '') : name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const id = flowIdFor(shownName, isTaken)
    const document = chosen === undefined ? blankFlow(id, shownName) : copyOf(chosen.document, id, shownName)
    onMake(document, chosen === table ? 'table' : 'canvas')
  }
  return (
    <Modal opened onClose={onClose} title="New flow" size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} className="tl-new-flow">
        <TextInput
          label="Name"
          placeholder="Spring offer"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={shownName}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <p id="begin-with">Begin with</p>
        {templates.isPending && <LoadingState what="templates" />}
        {templates.isError && <ErrorState error={templates.error} retry={() => void templates.refetch()} />}
        <ul className="tl-templates" aria-labelledby="begin-with">
          <Choice
            title="An empty canvas"
            text="Start from nothing."
            flow={{ nodes: [], edges: [] }}
            isChosen={chosen === undefined}
            onChoose={() => setChosen(undefined)}
          />
          {[table, ...(templates.data?.items ?? [])].map((template) => (
            <Choice
              key={template.id}
              title={template.name}
              text={template.description}
              flow={template.document}
              isChosen={chosen?.id === template.id}
              onChoose={() => setChosen(template)}
            />
          ))}
        </ul>
        <Button type="submit">Make it</Button>
      </form>
    </Modal>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly text: string
  readonly flow: Pick<FlowDocument, 'nodes' | 'edges'>
  readonly isChosen: boolean
  onChoose(): void
}

function Choice({ title, text, flow, isChosen, onChoose }: ChoiceProps) {
  return (
    <li>
      <button type="button" className="tl-template" aria-pressed={isChosen} onClick={onChoose}>
        <Miniature flow={flow} />
        <span>
          <strong>{title}</strong>
          <small>{text}</small>
        </span>
      </button>
    </li>
  )
}
