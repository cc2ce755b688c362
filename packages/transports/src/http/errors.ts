/** Every code that an HTTP link's TransportError can carry, with the sentence that explains it in the reference. */
export const httpErrorCatalogue = {
  'http/not-reached': 'The provider could not be reached. The MT has not left and is sent when the link is back.',
  'http/stopped': 'The link was being stopped. The MT is sent after the next start.',
  'http/receive-only': 'The link has no URL to send to.',
  'http/no-answer': 'The provider took the request and never answered: nobody can know whether the MT was accepted.',
  'http/connection-lost':
    'The connection ended before the provider answered: nobody can know whether the MT was accepted.',
  'http/throttled': 'The provider wants the link to slow down (status 429, Retry-After, or its own code).',
  'http/temporary': 'The provider could not take the MT now.',
  'http/rejected': 'The provider will never take this MT, or never from this account.',
  'http/not-permitted':
    'The provider does not let the link in: wrong credentials or URL, or an account that is closed or empty.',
  'http/invalid-request': 'The request for this MT cannot be written: a value does not fit a header.',
} as const satisfies Record<`http/${string}`, string>

/** The code of a TransportError of an HTTP link. */
export type HttpErrorCode = keyof typeof httpErrorCatalogue
