// The part of npm smpp that tests use as a second peer; the package has no types of its own.
declare module 'smpp' {
  interface Fields {
    readonly [name: string]: unknown
  }
  interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly [name: string]: unknown
    response(options?: Fields): Pdu
    toBuffer(): Buffer
  }
  interface Session {
    on(event: string, listener: (pdu: Pdu) => void): void
    send(pdu: Pdu): boolean
    close(): void
    readonly socket: import('node:net').Socket
    bind_transceiver(options: Fields, answered?: (pdu: Pdu) => void): boolean
    submit_sm(options: Fields, answered?: (pdu: Pdu) => void): boolean
    deliver_sm(options: Fields, answered?: (pdu: Pdu) => void): boolean
    unbind(answered?: (pdu: Pdu) => void): boolean
  }
  const smpp: {
    PDU: { new (command: string, options?: Fields): Pdu; fromBuffer(buffer: Buffer): Pdu }
    connect(options: Fields): Session
    createServer(options: Fields, connected: (session: Session) => void): import('node:net').Server
  }
  export default smpp
}
