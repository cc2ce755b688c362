import type { FramedErrorName } from '../framed/errors.ts'

/** Every code that a CIMD2 link's TransportError can carry, with the sentence that explains it in the reference. */
export const cimd2ErrorCatalogue = {
  'cimd2/not-bound': 'The link was not logged in when the MT was to be sent. It is sent when the link is back.',
  'cimd2/stopped': 'The link was being stopped. The MT is sent after the next start.',
  'cimd2/no-response': 'The SMSC took the MT and never answered: nobody can know whether it was accepted.',
  'cimd2/link-lost': 'The connection ended before the SMSC answered: nobody can know whether the MT was accepted.',
  'cimd2/not-logged-in': 'The SMSC no longer knows the login of the link, which logs in again and then sends the MT.',
  'cimd2/throttled': 'The SMSC is congested (010): the link slows down.',
  'cimd2/invalid-destination': 'The SMSC does not take the recipient.',
  'cimd2/invalid-source': 'The SMSC does not take the sender from this account.',
  'cimd2/invalid-message': 'The SMSC does not take the text, its coding, or its length.',
  'cimd2/invalid-request':
    'The SMSC does not take one of the other parameters; settings of the link and the account differ.',
  'cimd2/temporary': 'The SMSC could not take the MT now.',
  'cimd2/unknown-code': 'The SMSC refused the MT with an error code that no specification names.',
  'cimd2/unencodable': 'An address has characters, or a length, that CIMD2 cannot carry.',
  'cimd2/not-queried': 'The SMSC does not say what has become of the MT.',
  'cimd2/not-cancelled': 'The SMSC does not take the MT back: it may be delivered already, or the SMSC never does so.',
  'cimd2/not-replaced': 'CIMD2 has no way to deliver another text in the place of an MT.',
  'cimd2/too-many-segments': 'The text is longer than the 255 segments one message can have.',
} as const satisfies Record<`cimd2/${FramedErrorName}`, string> & Record<`cimd2/${string}`, string>

/** The code of a TransportError of a CIMD2 link. */
export type Cimd2ErrorCode = keyof typeof cimd2ErrorCatalogue
