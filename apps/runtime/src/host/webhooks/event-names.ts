/** What a webhook can ask to be told: an event, or a family of them. The trigger of migration 0008 names the same. */
export const webhookEvents = {
  'message.received': 'A contact wrote',
  'message.status': 'A text was sent, delivered, or failed',
  'session.*': 'A conversation began, waits to begin, was refused, or ended',
  'result.recorded': 'An answer was recorded',
  'ticket.*': 'A ticket was opened, claimed, answered, transferred, or closed',
  'contact.consent': 'A contact agreed to be texted, or refused',
} as const

/** A name that a webhook can ask for. */
export type WebhookEvent = keyof typeof webhookEvents
