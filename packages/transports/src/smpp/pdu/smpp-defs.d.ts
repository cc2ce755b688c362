// The part of npm smpp's lib/defs.js that ../pdu/definitions.ts reads; the package has no types of its own.
declare module 'smpp/lib/defs.js' {
  /** A field type is known by its identity: `types.int8`, `types.tlv.cstring`, … */
  type FieldType = object
  interface CommandDefinition {
    readonly id: number
    /** Mandatory parameters in wire order. */
    readonly params?: { readonly [field: string]: { readonly type: FieldType } }
  }
  interface TlvDefinition {
    readonly id: number
    readonly type: FieldType
    readonly multiple?: boolean
    readonly tag: string
  }
  const defs: {
    readonly commands: { readonly [command: string]: CommandDefinition }
    readonly tlvs: { readonly [tag: string]: TlvDefinition }
    readonly errors: { readonly [name: string]: number }
    readonly types: { readonly [name: string]: FieldType } & { readonly tlv: { readonly [name: string]: FieldType } }
  }
  export default defs
}
