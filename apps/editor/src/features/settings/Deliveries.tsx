import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ago } from '../../shared/words/ago.ts'
import { deliveryLine, deliveryTone, hostOf } from './model/webhook-words.ts'
import { useDeliveries, useReplay, useTestWebhook, type Webhook } from './use-webhooks.ts'

type Status = Parameters<typeof useDeliveries>[1]

interface DeliveriesProps {
  readonly webhook: Webhook
  readonly mayChange: boolean
  onClose(): void
}

/** What a webhook was told, and how that went. */
export function Deliveries({ webhook, mayChange, onClose }: DeliveriesProps) {
  const { id, url, label, enabled } = webhook
  const [status, setStatus] = useState<Status>('')
  const deliveries = useDeliveries(id, status)
  const replay = useReplay(id)
  const test = useTestWebhook(id)
  const items = deliveries.data?.pages.flatMap((page) => page.items)
  return (
    <Modal
      opened
      onClose={onClose}
      title={`What ${label === '' ? hostOf(url) : label} was told`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="tl-webhook-head">
        <SegmentedControl
          size="xs"
          aria-label="Which of them"
          data={[
            { value: '', label: 'All' },
            { value: 'waiting', label: 'Waiting' },
            { value: 'failed', label: 'Given up' },
            { value: 'delivered', label: 'Taken' },
          ]}
          value={status}
          onChange={(value) => setStatus(value as Status)}
        />
        {mayChange && enabled && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconSend size={15} aria-hidden />}
            loading={test.isPending}
            onClick={() => test.mutate(undefined)}
          >
            Send a test
          </Button>
        )}
      </div>
      {deliveries.isPending && <LoadingState what="deliveries" />}
      {deliveries.isError && <ErrorState error={deliveries.error} retry={() => void deliveries.refetch()} />}
      {items?.length === 0 && (
        <p className="tl-setting-none">
          {status === '' ? 'Nothing has happened yet that it is told of.' : 'None of these.'}
        </p>
      )}
      <ul className="tl-setting-list tl-webhook-deliveries">
        {items?.map((delivery) => (
          <li key={delivery.id}>
            <div>
              <strong>{delivery.type}</strong>
              <span>
                {ago(Date.parse(delivery.at), deliveries.dataUpdatedAt)}
                {delivery.nextAttemptAt !== null && delivery.attempts.length > 0 && (
                  <>, next try {moment.format(new Date(delivery.nextAttemptAt))}</>
                )}
              </span>
              <span className="tl-webhook-outcome" data-tone={deliveryTone(delivery)}>
                {deliveryLine(delivery)}
              </span>
            </div>
            {mayChange && enabled && delivery.status !== 'waiting' && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Tell ${delivery.type} again`}
                loading={replay.isPending && replay.variables === delivery.id}
                onClick={() => replay.mutate(delivery.id)}
              >
                Replay
              </Button>
            )}
          </li>
        ))}
      </ul>
      <MoreButton list={deliveries}>Show older ones</MoreButton>
    </Modal>
  )
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
