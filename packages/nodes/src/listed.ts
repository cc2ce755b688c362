import { fold } from '@textloom/core'

/** Whether a name is on a list, spelling aside; on a list that is empty or absent every name is, and none too. */
export function isListed(name: string | undefined, list: readonly string[] = []): boolean {
  return list.length === 0 || (name !== undefined && list.some((each) => fold(each) === fold(name)))
}
