import * as z from 'zod'

/** How a link encrypts: not at all, as usual, or with a certificate of its own choice. */
export const tlsSchema = z.union([
  z.boolean(),
  z.strictObject({
    ca: z
      .string()
      .optional()
      .meta({ title: 'Certificate authority', description: 'PEM text of the certificates to trust.' }),
    rejectUnauthorized: z.boolean().optional().meta({ title: 'Refuse certificates that do not verify' }),
    servername: z.string().optional().meta({ title: 'Name in the certificate, if it is not the host' }),
  }),
])
