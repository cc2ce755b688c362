import { transportRegistry } from '@textloom/core'
import { cimd2ErrorCatalogue } from './cimd2/errors.ts'
import { cimd2 } from './cimd2/index.ts'
import { httpErrorCatalogue } from './http/errors.ts'
import { http } from './http/index.ts'
import { loopback } from './loopback/index.ts'
import { loopbackErrorCatalogue } from './loopback/link.ts'
import { serialErrorCatalogue } from './serial/errors.ts'
import { serial } from './serial/index.ts'
import { smppErrorCatalogue } from './smpp/errors.ts'
import { smpp } from './smpp/index.ts'
import { smppServer } from './smpp-server/index.ts'
import { ucpErrorCatalogue } from './ucp/errors.ts'
import { ucp } from './ucp/index.ts'

/** Every kind of link, one line each. */
export const transportTypes = [loopback, serial, smpp, smppServer, ucp, cimd2, http] as const

/** Every kind of link by its `kind`. */
export const transports = transportRegistry(transportTypes)

/** Every code that a TransportError can carry, with its sentence for the reference. */
export const transportErrorCatalogue = {
  ...loopbackErrorCatalogue,
  ...serialErrorCatalogue,
  ...smppErrorCatalogue,
  ...httpErrorCatalogue,
  ...ucpErrorCatalogue,
  ...cimd2ErrorCatalogue,
}
