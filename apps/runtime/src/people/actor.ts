import type { SecretBox } from '../settings/secret-box.ts'

/** Who changes something of contacts, and by which way. */
export interface PeopleActor {
  /** `user:<uuid>`, `key:<uuid>`, `env`, `import:<id>`, …. */
  readonly actor: string
  /** Their name as it is now. */
  readonly actorName: string
  readonly source: 'api' | 'import' | 'merge' | 'agent' | 'form'
}

/** What functions that write need of the world. */
export interface PeopleMeans {
  readonly now: number
  /** UUIDv7. */
  readonly newId: () => string
  /** The keyed hash under which a phone that was erased is remembered. */
  readonly hashOf: (phone: string) => string
}

/** The hash of a phone that was erased: the same ever since, or opt-outs of the erased are lost. */
export function erasedHashBy(box: SecretBox): PeopleMeans['hashOf'] {
  return (phone) => box.fingerprint(phone, 'erased opt-outs')
}
