/** What a server proves itself with, in PEM. */
export interface ServerCertificate {
  /** The certificate, and those between it and its authority behind it. */
  readonly cert: string
  readonly key: string
}

const LINE = 64

/** PEM whose lines were lost on the way through a field of one line, with lines again. */
export function withLines(pem: string): string {
  return pem.replace(/(-----BEGIN ([^-]+)-----)([^-]*)(-----END \2-----)/g, (_all, begin, _name, body, end) => {
    const lines =
      String(body)
        .replaceAll(/\s+/g, '')
        .match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
    return [begin, ...lines, `${end}\n`].join('\n')
  })
}
