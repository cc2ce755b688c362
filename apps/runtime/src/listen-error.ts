/** Why nothing can listen on an address and port: a sentence for the operator that ends with what to do. */
export class ListenError extends Error {
  /** The system's own code: `EADDRINUSE`, `EACCES`, … */
  readonly code: string

  constructor(cause: unknown, { host, port }: { readonly host: string; readonly port: number }) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    super(sentence(code, host, port), { cause })
    this.name = 'ListenError'
    this.code = code
  }
}

function sentence(code: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Stop that one, or set PORT to another.`
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this account. Set PORT to one from 1024.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return `HOST ${JSON.stringify(host)} is no address of this machine (${code}). Set it to one, such as 127.0.0.1 or 0.0.0.0.`
    default:
      return `Port ${port} on ${host} cannot be listened on (${code}). Set HOST and PORT to what this machine has free.`
  }
}
