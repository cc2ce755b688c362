import { fold } from '@textloom/core'
import type { TextStart } from './text-starts.ts'

/** Whether there can be somebody, on some channel, for whom both starts are. */
export function meet(one: TextStart, other: TextStart): boolean {
  const [mine, theirs] = [audienceOf(one), audienceOf(other)]
  const onOneChannel =
    mine.channels.size === 0 || theirs.channels.size === 0 || [...mine.channels].some((id) => theirs.channels.has(id))
  const excepted = new Set([...mine.except, ...theirs.except])
  return (
    onOneChannel &&
    [mine, theirs].every(({ only }) => only.size === 0 || [...only].some((group) => !excepted.has(group)))
  )
}

/** Whether a start is for some groups and the other for everybody. */
export function narrower(one: TextStart, other: TextStart): boolean {
  return audienceOf(one).only.size > 0 && audienceOf(other).only.size === 0
}

/** Whether two starts are for exactly the same people on the same channels. */
export function alike(one: TextStart, other: TextStart): boolean {
  const [mine, theirs] = [audienceOf(one), audienceOf(other)]
  return (['channels', 'only', 'except'] as const).every((part) => isSame(mine[part], theirs[part]))
}

function audienceOf({ nodeType, data }: TextStart) {
  const { channels = [], groups = [], exceptGroups = [] } = nodeType.start?.audience?.(data) ?? {}
  return { channels: new Set(channels), only: new Set(groups.map(fold)), except: new Set(exceptGroups.map(fold)) }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each))
}
