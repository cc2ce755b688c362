import type { Inbound, InboundDlr, InboundMo, LinkHost, LinkMemory, LinkStatus } from '@textloom/core'

/** A host that keeps everything a link tells it, and stores as long as it is not told otherwise. */
export class RecordingHost implements LinkHost {
  readonly inbound: Inbound[] = []
  readonly epochs: string[] = []
  readonly statuses: LinkStatus[] = []
  readonly logs: { readonly level: string; readonly message: string; readonly fields: unknown }[] = []
  /** Of the map that the constructor takes: with the same one, the next host begins where this one ended. */
  readonly memory: LinkMemory
  readonly #watchers = new Set<() => void>()
  #names = 0
  /** What storing takes: replace it to fail, or to take long. */
  store: (inbound: Inbound) => Promise<void> = () => Promise.resolve()

  constructor(kept: Map<string, string> = new Map()) {
    this.memory = {
      recall: async (name) => kept.get(name),
      keep: async (name, value) => void kept.set(name, value),
    }
  }

  now(): number {
    return Date.now()
  }

  newEpoch(): string {
    return `e${++this.#names}`
  }

  async submit(inbound: Inbound): Promise<void> {
    await this.store(inbound)
    this.inbound.push(inbound)
    this.#tell()
  }

  bound({ epoch }: { epoch: string }): void {
    this.epochs.push(epoch)
  }

  status(status: LinkStatus): void {
    this.statuses.push(status)
    this.#tell()
  }

  log(level: string, message: string, fields: unknown = {}): void {
    this.logs.push({ level, message, fields })
    this.#tell()
  }

  get mos(): readonly InboundMo[] {
    return this.inbound.filter(({ type }) => type === 'mo') as InboundMo[]
  }

  get dlrs(): readonly InboundDlr[] {
    return this.inbound.filter(({ type }) => type === 'dlr') as InboundDlr[]
  }

  /** Resolves as soon as `isSo`, which is asked whenever the link has told something. */
  until(isSo: (host: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(this)) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** Resolves once the link's newest status is this. */
  untilState(state: LinkStatus['state']): Promise<void> {
    return this.until(({ statuses }) => statuses.at(-1)?.state === state)
  }

  #tell(): void {
    for (const look of [...this.#watchers]) look()
  }
}
