/**
 * Calls across a message port, typed by what the other side serves. Arguments and answers are structured clones; an
 * error keeps its message. Calls are answered in the order in which their methods finish.
 */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** What one side offers to the other. */
// biome-ignore lint/suspicious/noExplicitAny: a method may take anything that can be cloned; its own signature says what
export type Methods = { readonly [name: string]: (...args: any[]) => unknown }

/** The same methods from the other side, where each answer has to be waited for. */
export type Remote<Offered extends Methods> = {
  readonly [Name in keyof Offered]: (...args: Parameters<Offered[Name]>) => Promise<Awaited<ReturnType<Offered[Name]>>>
}

interface Call {
  readonly call: number
  readonly name: string
  readonly args: readonly unknown[]
}

interface Answer {
  readonly answer: number
  readonly value?: unknown
  readonly error?: string
}

/** Answers calls that come in by a port. */
export function serve(port: Port, methods: Methods): void {
  port.addEventListener('message', ({ data }) => {
    if (!isCall(data)) return
    const { call: answer, name, args } = data
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    const doing = async (): Promise<unknown> => {
      if (!method) throw new Error(`Nothing called "${name}" is served here.`)
      return method(...args)
    }
    doing().then(
      (value) => port.postMessage({ answer, value } satisfies Answer),
      (error: unknown) => port.postMessage({ answer, error: error instanceof Error ? error.message : String(error) }),
    )
  })
}

/** Calls methods that are served at the other end of a port. */
export function remote<Offered extends Methods>(port: Port): Remote<Offered> {
  let calls = 0
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  port.addEventListener('message', ({ data }) => {
    if (!isAnswer(data)) return
    const call = waiting.get(data.answer)
    waiting.delete(data.answer)
    if (data.error === undefined) call?.resolve(data.value)
    else call?.reject(new Error(data.error))
  })
  const ask = (name: string, args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.set(++calls, { resolve, reject })
      port.postMessage({ call: calls, name, args } satisfies Call)
    })
  // The type says which names there are; at run time any name is a call.
  return new Proxy(
    {},
    {
      get:
        (_target, name) =>
        (...args: unknown[]) =>
          ask(String(name), args),
    },
  ) as Remote<Offered>
}

function isCall(data: unknown): data is Call {
  return typeof data === 'object' && data !== null && 'call' in data
}

function isAnswer(data: unknown): data is Answer {
  return typeof data === 'object' && data !== null && 'answer' in data
}
