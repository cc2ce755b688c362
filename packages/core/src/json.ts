/** Any value that survives `JSON.parse(JSON.stringify(x))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object: what a node's data, a snapshot or an effect is made of. */
export type JsonObject = { readonly [key: string]: Json }
