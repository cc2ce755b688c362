import type { DlrState } from '@textloom/core'
import type { Meaning } from '../meaning.ts'
import type { Template } from '../template.ts'

/** How requests that come in prove that the provider sent them. */
export type InboundAuth = 'token' | 'hmac' | 'standard-webhooks' | 'twilio' | 'vonage'

/** How a provider talks, as far as it is the same for all its customers. Paths as in field-path.ts. */
export interface PresetSettings {
  /** Where MTs are sent. Placeholders may stand in its path and query. */
  readonly url?: string
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** `basic` sends account and password, `bearer` the password, `header` the password in `authHeader`. */
  readonly auth?: 'none' | 'basic' | 'bearer' | 'header'
  readonly authHeader?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly bodyFormat?: 'json' | 'form' | 'query'
  readonly body?: { readonly [name: string]: Template }
  /** The provider recognises a repetition by `{{id}}`, so that an MT in doubt may go again without harm. */
  readonly isIdempotent?: boolean
  /** Where the answer says the provider's id: a path, `header:NAME`, `text:WHAT STANDS BEFORE IT`. Empty: it is our id. */
  readonly messageId?: string
  readonly errorCode?: string
  readonly errorText?: string
  /** What the provider's codes mean. */
  readonly codes?: Readonly<Record<string, Meaning>>
  /** What HTTP statuses mean, where that is unusual. */
  readonly statuses?: Readonly<Record<string, Meaning>>
  readonly inboundAuth?: InboundAuth
  /** The parameter that may carry the token instead of a header; empty for none. */
  readonly tokenField?: string
  readonly signatureHeader?: string
  /** The header with the time that was signed behind the body; empty for none. */
  readonly timestampHeader?: string
  /** What makes it an MO; empty: whatever is no receipt. */
  readonly moWhen?: string
  readonly moId?: string
  readonly moFrom?: string
  readonly moTo?: string
  readonly moText?: string
  /** Numbers come without +, and get one. */
  readonly areNumbersBare?: boolean
  readonly moMedia?: string
  readonly moCharset?: string
  readonly moCoding?: string
  readonly moUdh?: string
  /** Reference, total and number of a part, as three paths separated by blanks. */
  readonly moPart?: string
  readonly receiptWhen?: string
  readonly receiptId?: string
  readonly receiptState?: string
  readonly receiptError?: string
  /** The provider's states in ours. */
  readonly states?: Readonly<Record<string, DlrState>>
  /** The body of the answer, once stored; `{{id}}` is the message's. */
  readonly answer?: string
  readonly answerType?: string
}

/** A provider that links can be made for by account and password. */
export interface Preset {
  /** Where its interface is documented. */
  readonly docs: string
  readonly settings: PresetSettings
}
