import { engineOf, type Storage } from '@textloom/runtime/testing/system'

/** The `needs` of a scenario that stands on one of the engines. */
export function needsEngine(name: Storage['engine']): () => Promise<string | undefined> {
  return () => engineOf(name).unavailable()
}
