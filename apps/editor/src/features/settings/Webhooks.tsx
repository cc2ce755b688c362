import { Button } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { Deliveries } from './Deliveries.tsx'
import { hostOf, toldWords } from './model/webhook-words.ts'
import { useWebhooks, type Webhook } from './use-webhooks.ts'
import { WebhookForm } from './WebhookForm.tsx'
import './webhooks.css'

/** Other systems that are told what happens. */
export function Webhooks({ mayChange }: { mayChange: boolean }) {
  const webhooks = useWebhooks()
  const [open, setOpen] = useState<Webhook | 'new'>()
  const [shown, setShown] = useState<Webhook>()
  const items = webhooks.data?.items ?? []
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>Webhooks</h2>
          <p>Other systems that are told what happens, as it happens.</p>
        </div>
        {mayChange && (
          <Button variant="default" leftSection={<IconWebhook size={17} aria-hidden />} onClick={() => setOpen('new')}>
            Add a webhook
          </Button>
        )}
      </header>
      {webhooks.isPending && <LoadingState what="webhooks" />}
      {webhooks.isError && <ErrorState error={webhooks.error} retry={() => void webhooks.refetch()} />}
      {webhooks.data && items.length === 0 && <p className="tl-setting-none">No webhooks: nobody else is told.</p>}
      <ul className="tl-setting-list">
        {items.map((webhook) => {
          const name = webhook.label === '' ? hostOf(webhook.url) : webhook.label
          return (
            <li key={webhook.id}>
              <div>
                <strong>{name}</strong>
                <span>
                  {webhook.url} · {toldWords(webhook.events)}
                </span>
              </div>
              {!webhook.enabled && (
                <span className="tl-chip" data-tone={webhook.disabledBy === 'gone' ? 'bad' : 'plain'}>
                  {webhook.disabledBy === 'gone' ? 'says it is gone' : 'switched off'}
                </span>
              )}
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`What ${name} was told`}
                onClick={() => setShown(webhook)}
              >
                Deliveries
              </Button>
              {mayChange && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Change ${name}`}
                  onClick={() => setOpen(webhook)}
                >
                  Change
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {open !== undefined && (
        <WebhookForm {...(open !== 'new' && { webhook: open })} onClose={() => setOpen(undefined)} />
      )}
      {shown && <Deliveries webhook={shown} mayChange={mayChange} onClose={() => setShown(undefined)} />}
    </section>
  )
}
