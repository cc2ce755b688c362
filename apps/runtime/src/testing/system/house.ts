import { PretendSmsc, type PretendSmscOptions } from '@textloom/transports/pretend-smsc'
import { type Instance, type InstanceOptions, makeInstance, type RunningRuntime } from './instance.ts'
import { engineOf, storageOn } from './storage.ts'
import { until } from './until.ts'

/** A runtime in a process of its own, an SMSC in this one, and phones. */
export interface House {
  readonly smsc: PretendSmsc
  readonly instance: Instance
  /** The present life of the runtime. */
  readonly runtime: RunningRuntime
  /** A phone writes to 4040; resolves when the runtime has taken it, with false when it refused for good. */
  says(phone: string, text: string): Promise<boolean>
  /** All texts a phone got so far, oldest first. */
  textsTo(phone: string): readonly string[]
  /** The texts a phone got, once there are `count`. */
  heard(phone: string, count: number): Promise<readonly string[]>
  /** Starts the next life; the present one must have ended. */
  startAgain(): Promise<void>
  /** Ends everything. */
  remove(): Promise<void>
}

export type HouseOptions = Pick<InstanceOptions, 'flows'> &
  Partial<Omit<InstanceOptions, 'smscPort' | 'flows'>> & { readonly smsc?: PretendSmscOptions }

/** Builds one, by default on the embedded database, and waits until its link is bound. */
export async function startHouse({ smsc: smscOptions, storage, ...options }: HouseOptions): Promise<House> {
  const smsc = await new PretendSmsc({ retryMs: 100, ...smscOptions }).start()
  const instance = await makeInstance({
    ...options,
    storage: storage ?? (await storageOn(engineOf('embedded'))),
    smscPort: smsc.port,
  })
  let runtime: RunningRuntime
  const startAgain = async () => {
    const bound = smsc.next('bound')
    runtime = await instance.start()
    await bound
  }
  await startAgain()
  const textsTo = (phone: string) => smsc.mts.flatMap(({ to, text }) => (to === phone ? [text] : []))
  return {
    smsc,
    instance,
    get runtime() {
      return runtime
    },
    says: (phone, text) => smsc.hears({ from: phone, to: '4040', text }),
    textsTo,
    async heard(phone, count) {
      const what = () => `${count} texts to ${phone}; there are ${JSON.stringify(textsTo(phone))}`
      await until(() => textsTo(phone).length >= count, what)
      return textsTo(phone)
    },
    startAgain,
    async remove() {
      await runtime.kill()
      await smsc.stop()
      await instance.storage.remove()
    },
  }
}
