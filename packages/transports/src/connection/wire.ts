import type { Buffer } from 'node:buffer'

/** A connection, as whoever speaks over it uses it. */
export interface Wire {
  write(octets: Buffer): void
  /** Closes once what was written has left. */
  close(): void
}

/** Opens a connection; the calls come later, never from within. */
export type Dial = (calls: {
  onOpen(): void
  onOctets(octets: Buffer): void
  /** Exactly once: the connection failed or ended. */
  onLost(message: string): void
}) => Wire
