import type { FramedErrorName } from '../framed/errors.ts'

/** Every code that a UCP link's TransportError can carry, with the sentence that explains it in the reference. */
export const ucpErrorCatalogue = {
  'ucp/not-bound': 'The link was not logged in when the MT was to be sent. It is sent when the link is back.',
  'ucp/stopped': 'The link was being stopped. The MT is sent after the next start.',
  'ucp/no-response': 'The SMSC took the MT and never answered: nobody can know whether it was accepted.',
  'ucp/link-lost': 'The connection ended before the SMSC answered: nobody can know whether the MT was accepted.',
  'ucp/not-logged-in': 'The SMSC no longer knows the login of the link, which logs in again and then sends the MT.',
  'ucp/throttled': 'The SMSC does not allow the MT at this time (04): the link slows down.',
  'ucp/invalid-destination': 'The SMSC does not take the recipient.',
  'ucp/invalid-message': 'The SMSC does not take the text, its type, or its length.',
  'ucp/invalid-request': 'The SMSC does not take one of the other fields; settings of the link and the account differ.',
  'ucp/rejected': 'The SMSC will never take this MT, or never from this account.',
  'ucp/temporary': 'The SMSC could not take the MT now.',
  'ucp/unknown-code': 'The SMSC refused the MT with an error code that no specification names.',
  'ucp/unencodable': 'An address has characters, or a length, that UCP cannot carry.',
  'ucp/not-queried': 'The SMSC does not say what has become of the MT.',
  'ucp/not-cancelled': 'The SMSC does not take the MT back: it may be delivered already, or the SMSC never does so.',
  'ucp/not-replaced': 'The SMSC does not deliver another text in the place of the MT: it may be delivered already.',
  'ucp/too-many-segments': 'The text is longer than the 255 segments one message can have.',
} as const satisfies Record<`ucp/${FramedErrorName}`, string> & Record<`ucp/${string}`, string>

/** The code of a TransportError of a UCP link. */
export type UcpErrorCode = keyof typeof ucpErrorCatalogue
