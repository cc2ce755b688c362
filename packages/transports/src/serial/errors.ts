/** Every code that a modem link's TransportError can carry, with the sentence that explains it in the reference. */
export const serialErrorCatalogue = {
  'serial/not-ready': 'The modem was not ready when the MT was to be sent. It is sent when the link is back.',
  'serial/stopped': 'The link was being stopped. The MT is sent after the next start.',
  'serial/no-response': 'The modem took the MT and never answered: nobody can know whether it was sent.',
  'serial/link-lost': 'The modem vanished before it answered: nobody can know whether the MT was sent.',
  'serial/throttled': 'The network or the SIM is busy; the link slows down.',
  'serial/invalid-destination': 'The network knows no such number, or no messages can be sent to it.',
  'serial/barred': 'The SIM may not send this message: barred, no credit, or not part of the contract.',
  'serial/invalid-message': 'The modem or the network does not take the message as it is written.',
  'serial/temporary': 'The modem or the network could not take the MT now.',
  'serial/unencodable-address': 'An address has characters, or a length, that a modem cannot send to.',
  'serial/too-many-segments': 'The text is longer than the 255 segments one message can have.',
} as const satisfies Record<`serial/${string}`, string>

/** The code of a TransportError of a modem link. */
export type SerialErrorCode = keyof typeof serialErrorCatalogue
