/** A request of the provider, as the runtime's route took it. */
export interface InboundRequest {
  readonly method: string
  /** The whole address that was asked, as far as it is known here. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What the provider is told once everything is stored. */
export interface InboundAnswer {
  readonly kind: 'stored'
  readonly body: string
  readonly contentType: string
}

/**
 * Why nothing was stored: it did not come from the provider, cannot be read, or could not be stored now, so that the
 * provider should try again.
 */
export interface InboundRefusal {
  readonly kind: 'unproven' | 'unreadable' | 'unavailable'
  /** What happened and what to do, for whoever reads the provider's log. */
  readonly detail: string
}
