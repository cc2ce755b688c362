import { randomUUID } from 'node:crypto'

/** How the SMSC writes message ids: the spellings that ESMEs have to bring together. */
export type IdStyle = 'text' | 'decimal' | 'hex' | 'hex-to-decimal' | 'decimal-to-hex' | 'padded' | 'uuid' | 'constant'

/** One message id in its two spellings. */
export interface MessageId {
  /** In submit_sm_resp. */
  readonly submit: string
  /** In the receipt. */
  readonly receipt: string
}

/** Makes message ids in one style, counting from `first`. */
export function messageIds(style: IdStyle, first: number): () => MessageId {
  let next = first
  return () => styles[style](next++)
}

const styles: Readonly<Record<IdStyle, (n: number) => MessageId>> = {
  text: (n) => both(`msg-${n}`),
  decimal: (n) => both(String(n)),
  hex: (n) => both(hex(n)),
  'hex-to-decimal': (n) => ({ submit: hex(n), receipt: String(n) }),
  'decimal-to-hex': (n) => ({ submit: String(n), receipt: hex(n) }),
  padded: (n) => ({ submit: hex(n), receipt: hex(n).toLowerCase().padStart(20, '0') }),
  uuid: () => both(randomUUID()),
  constant: () => both('msg_id_not_implemented'),
}

function both(id: string): MessageId {
  return { submit: id, receipt: id }
}

function hex(n: number): string {
  return n.toString(16).toUpperCase()
}
