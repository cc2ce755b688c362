/** Where the runtime says what an operator should know: ids and codes only, never texts or full numbers. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: { readonly [name: string]: unknown },
) => void
