import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useEffect } from 'react'
import { createStore, useStore } from 'zustand'
import { isOutdated, type LiveItem, liveFamilies, outdatedBy } from './live-changes.ts'

/** How the page hears of what happens: `away` says that what it shows may be old. */
export type LiveState = 'connecting' | 'live' | 'away'

const state = createStore<LiveState>(() => 'connecting')

/** Events that come together are answered by one look, and a busy runtime is asked once a second. */
const GATHER_MS = 120
const PAUSE_MS = 1_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/** Whether the page hears of what happens. */
export function useLiveState(): LiveState {
  return useStore(state)
}

const listeners = new Set<(item: LiveItem) => void>()

/** Calls back with all that happens from now on; answers the way to stop. */
export function onLiveItem(heard: (item: LiveItem) => void): () => void {
  listeners.add(heard)
  return () => listeners.delete(heard)
}

/** Keeps the cache up to date by the runtime's one stream of events, for as long as it is mounted and allowed. */
export function useLive(queries: QueryClient, isAllowed: boolean): void {
  useEffect(() => (isAllowed ? listen(queries) : undefined), [queries, isAllowed])
}

function listen(queries: QueryClient): () => void {
  const refresh = gathered((outdated) => {
    void queries.invalidateQueries({ predicate: ({ queryKey }) => outdated.some((one) => isOutdated(queryKey, one)) })
  })
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let hasBeenLive = false

  function open(): void {
    clearTimeout(timer)
    source?.close()
    source = new EventSource('/api/v1/events')
    const own = source
    own.addEventListener('ready', () => {
      // A new stream does not know what an older one missed. The browser's own reconnection is told.
      if (hasBeenLive && tries > 0) void queries.invalidateQueries()
      hasBeenLive = true
      tries = 0
      state.setState('live', true)
    })
    own.addEventListener('reset', () => {
      state.setState('live', true)
      void queries.invalidateQueries()
    })
    for (const family of liveFamilies) {
      own.addEventListener(family, ({ data }: MessageEvent<string>) => {
        const item = JSON.parse(data) as LiveItem
        refresh(outdatedBy(item))
        for (const heard of listeners) heard(item)
      })
    }
    own.onerror = () => {
      state.setState('away', true)
      // After a refusal the browser gives up; a lost connection it takes up again by itself.
      if (own.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries))
      tries += 1
    }
  }

  const back = () => source?.readyState !== EventSource.OPEN && open()
  addEventListener('online', back)
  open()
  return () => {
    removeEventListener('online', back)
    clearTimeout(timer)
    refresh.stop()
    source?.close()
    state.setState('connecting', true)
  }
}

/** Calls back with all that was handed in since the last time, soon, but not more than once a second. */
function gathered(flush: (keys: readonly QueryKey[]) => void) {
  let waiting: QueryKey[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let flushedAt = 0
  const add = (keys: readonly QueryKey[]) => {
    waiting.push(...keys)
    timer ??= setTimeout(
      () => {
        timer = undefined
        flushedAt = performance.now()
        const keysNow = waiting
        waiting = []
        flush(keysNow)
      },
      Math.max(GATHER_MS, flushedAt + PAUSE_MS - performance.now()),
    )
  }
  return Object.assign(add, { stop: () => clearTimeout(timer) })
}
