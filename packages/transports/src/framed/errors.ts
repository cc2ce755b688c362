import { TransportError } from '@textloom/core'
import { RequestError } from '../connection/request-error.ts'
import { FrameError } from './frame.ts'

/** The codes that links of every protocol of frames share, each under the kind of the link. */
export type FramedErrorName =
  | 'not-bound'
  | 'stopped'
  | 'no-response'
  | 'link-lost'
  | 'unencodable'
  | 'too-many-segments'
  | 'not-queried'
  | 'not-cancelled'
  | 'not-replaced'

/** The error for an MT that has not left because the link is not ready. */
export function notSent(kind: string, name: 'not-bound' | 'stopped', message: string): TransportError {
  return new TransportError(`${kind}/${name}`, `${message} The MT has not left and is sent later.`, { retry: 'later' })
}

/** The error for an MT that was not answered, or could not be written. A bug stays what it is. */
export function failedMt(kind: string, key: string, cause: unknown): TransportError {
  if (cause instanceof TransportError) return cause
  if (cause instanceof FrameError) {
    const text = `MT ${key} cannot be written: ${cause.message}. Check its addresses.`
    return new TransportError(`${kind}/unencodable`, text, { retry: 'never', cause })
  }
  if (!(cause instanceof RequestError)) throw cause
  const text = `MT ${key}: ${cause.message}`
  const error = (name: FramedErrorName, inDoubt: boolean) =>
    new TransportError(`${kind}/${name}`, text, { retry: 'later', inDoubt, cause })
  switch (cause.reason) {
    case 'not-sent':
      return error('not-bound', false)
    case 'no-response':
      return error('no-response', true)
    case 'lost':
      return error('link-lost', true)
  }
}
