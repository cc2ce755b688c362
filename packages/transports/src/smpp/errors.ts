/** Every code that an SMPP link's TransportError can carry, with the sentence that explains it in the reference. */
export const smppErrorCatalogue = {
  'smpp/not-bound': 'The link was not bound when the MT was to be sent. It is sent when the link is back.',
  'smpp/stopped': 'The link was being stopped. The MT is sent after the next start.',
  'smpp/receive-only': 'The link binds as receiver only and cannot send.',
  'smpp/no-response': 'The SMSC took the MT and never answered: nobody can know whether it was accepted.',
  'smpp/link-lost': 'The connection ended before the SMSC answered: nobody can know whether the MT was accepted.',
  'smpp/throttled': 'The SMSC wants the link to slow down (throttled, queue full, or too many unanswered).',
  'smpp/invalid-destination': 'The SMSC does not take the destination address, or its type of number.',
  'smpp/invalid-source': 'The SMSC does not take the sender address, or its type of number, from this account.',
  'smpp/invalid-message': 'The SMSC does not take the text, its coding, or its length.',
  'smpp/invalid-request':
    'The SMSC does not take one of the other fields; settings of the link and the account differ.',
  'smpp/rejected': 'The SMSC will never take this MT, or never from this account.',
  'smpp/temporary': 'The SMSC could not take the MT now.',
  'smpp/unknown-status': 'The SMSC answered with a status that no specification names.',
  'smpp/unencodable-address': 'An address has characters, or a length, that SMPP cannot carry.',
  'smpp/not-queried': 'The SMSC does not say what has become of the MT.',
  'smpp/not-cancelled': 'The SMSC does not take the MT back: it may be delivered already, or the SMSC never does so.',
  'smpp/nobody-bound': 'No system is bound to this link to receive. The MT is sent when one is.',
  'smpp/esme-busy': 'The system that is bound to this link could not take the MT now.',
  'smpp/esme-refused': 'The system that is bound to this link will never take this MT.',
  'smpp/too-many-segments': 'The text is longer than the 255 segments one message can have.',
} as const satisfies Record<`smpp/${string}`, string>

/** The code of a TransportError of an SMPP link. */
export type SmppErrorCode = keyof typeof smppErrorCatalogue
