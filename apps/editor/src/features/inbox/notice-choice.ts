import { createStore, useStore } from 'zustand'

const KEY = 'textloom-inbox-notices'

/** Whether this browser tells of new texts: `ask` until somebody wants it, `blocked` when the browser will not. */
export type NoticeChoice = 'ask' | 'on' | 'off' | 'blocked' | 'unknown-here'

const choice = createStore<NoticeChoice>(read)

/** What was chosen in this browser. */
export function noticeChoice(): NoticeChoice {
  return choice.getState()
}

/** The choice, as it changes. */
export function useNoticeChoice(): NoticeChoice {
  return useStore(choice)
}

/** Switches notices on, asking the browser when it was never asked; or off. Called by a press of a button only. */
export async function chooseNotices(isOn: boolean): Promise<void> {
  if (isOn && Notification.permission === 'default') await Notification.requestPermission()
  localStorage.setItem(KEY, isOn ? 'on' : 'off')
  choice.setState(read(), true)
}

function read(): NoticeChoice {
  // Browsers give notifications to https and to localhost only.
  if (!('Notification' in globalThis) || !isSecureContext) return 'unknown-here'
  if (Notification.permission === 'denied') return 'blocked'
  const chosen = localStorage.getItem(KEY)
  if (Notification.permission === 'default' || chosen === null) return 'ask'
  return chosen === 'on' ? 'on' : 'off'
}
