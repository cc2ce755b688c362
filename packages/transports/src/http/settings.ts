import type { DlrState } from '@textloom/core'
import type { HttpConfig } from './config.ts'
import { presets } from './presets/index.ts'
import type { PresetSettings } from './presets/preset.ts'
import { placeholdersIn } from './template.ts'

/** How a link talks: its preset, with what its operator says differently. */
export interface HttpSettings extends Required<PresetSettings> {
  readonly account: string
  readonly password: string
  readonly inboundToken: string
  readonly callbackUrl: string
  readonly number: string
  readonly windowSize: number
  readonly timeoutMs: number
  /** The templates know what to do with files. */
  readonly carriesMedia: boolean
}

/** Whatever is undefined was filtered out. */
type Told = { [K in keyof Omit<HttpConfig, 'preset'>]: Exclude<HttpConfig[K], undefined> }

const bare: Required<PresetSettings> = {
  url: '',
  method: 'POST',
  auth: 'none',
  authHeader: 'X-API-Key',
  headers: {},
  bodyFormat: 'json',
  body: {},
  isIdempotent: false,
  messageId: '',
  errorCode: '',
  errorText: '',
  codes: {},
  statuses: {},
  inboundAuth: 'token',
  tokenField: '',
  signatureHeader: 'X-Signature',
  timestampHeader: '',
  moWhen: '',
  moId: '',
  moFrom: '',
  moTo: '',
  moText: '',
  areNumbersBare: false,
  moMedia: '',
  moCharset: '',
  moCoding: '',
  moUdh: '',
  moPart: '',
  receiptWhen: '',
  receiptId: '',
  receiptState: '',
  receiptError: '',
  states: {},
  answer: '',
  answerType: 'text/plain',
}

/** The whole of a link's settings. Tables are joined, what the operator says winning; everything else is replaced. */
export function settingsOf({ preset: name, ...own }: HttpConfig): HttpSettings {
  const preset: PresetSettings = presets[name].settings
  const told = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Told
  const settings = {
    ...bare,
    ...preset,
    ...told,
    callbackUrl: own.callbackUrl ?? '',
    headers: { ...preset.headers, ...own.headers },
    codes: { ...preset.codes, ...own.codes },
    statuses: { ...preset.statuses, ...own.statuses },
    states: { ...preset.states, ...own.states },
  }
  return { ...settings, carriesMedia: placeholdersIn(settings.body).includes('media') }
}

/** A state of the provider in our words: by its table, else by the names that SMPP gave them. */
export function dlrStateOf(said: string, states: Readonly<Record<string, DlrState>>): DlrState {
  const known = [said, said.toLowerCase()].find((name) => Object.hasOwn(states, name))
  return (known === undefined ? undefined : states[known]) ?? usualStates[said.toLowerCase()] ?? 'unknown'
}

const usualStates: Readonly<Record<string, DlrState>> = {
  enroute: 'enroute',
  queued: 'enroute',
  sending: 'enroute',
  sent: 'accepted',
  accepted: 'accepted',
  delivered: 'delivered',
  read: 'delivered',
  expired: 'expired',
  deleted: 'deleted',
  undelivered: 'undeliverable',
  undeliverable: 'undeliverable',
  failed: 'undeliverable',
  rejected: 'rejected',
  skipped: 'skipped',
  unknown: 'unknown',
}
