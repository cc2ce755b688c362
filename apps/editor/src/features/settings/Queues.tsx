import { Button } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Queue, queueListQuery } from '../../shared/api/queue-list.ts'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { QueueForm } from './QueueForm.tsx'

/** Where conversations wait for people. */
export function Queues({ mayChange }: { mayChange: boolean }) {
  const queues = useQuery(queueListQuery)
  const [open, setOpen] = useState<Queue | 'new'>()
  const items = queues.data?.items ?? []
  const nameOf = (id: string) => items.find((queue) => queue.id === id)?.name ?? id
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>Queues</h2>
          <p>Where tickets wait for people, when they are there, and who they are.</p>
        </div>
        {mayChange && (
          <Button variant="default" leftSection={<IconInbox size={17} aria-hidden />} onClick={() => setOpen('new')}>
            Add a queue
          </Button>
        )}
      </header>
      {queues.isPending && <LoadingState what="queues" />}
      {queues.isError && <ErrorState error={queues.error} retry={() => void queues.refetch()} />}
      {queues.data && items.length === 0 && (
        <p className="tl-setting-none">No queues: those that flows name take tickets at all times.</p>
      )}
      <ul className="tl-setting-list">
        {items.map((queue) => (
          <li key={queue.id}>
            <div>
              <strong>{queue.name}</strong>
              <span>
                {[queue.id, queue.parent != null && `below ${nameOf(queue.parent)}`].filter(Boolean).join(', ')}
              </span>
            </div>
            <span className="tl-chip">{queue.openTickets === 1 ? '1 open' : `${queue.openTickets} open`}</span>
            {mayChange &&
              (queue.source === 'config' ? (
                <span className="tl-chip">by TEXTLOOM_CONFIG</span>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Change ${queue.name}`}
                  onClick={() => setOpen(queue)}
                >
                  Change
                </Button>
              ))}
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <QueueForm {...(open !== 'new' && { queue: open })} others={items} onClose={() => setOpen(undefined)} />
      )}
    </section>
  )
}
