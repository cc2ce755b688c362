/** A pressed key, as far as shortcuts are concerned. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/**
 * Whether a press is a shortcut such as `mod+shift+z`, `alt+arrowup` or `?`. `mod` is Ctrl, and Command on a Mac. For
 * signs that some keyboards write with Shift, Shift does not count.
 */
export function isPressed(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const { key, mod, shift, alt } = partsOf(shortcut)
  if (press.key.toLowerCase() !== key) return false
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key)
  const wanted = { ctrlKey: mod && !isMac, metaKey: mod && isMac }
  return (
    press.ctrlKey === wanted.ctrlKey &&
    press.metaKey === wanted.metaKey &&
    press.altKey === alt &&
    (isSign || press.shiftKey === shift)
  )
}

/** How a shortcut is written for people: `['Ctrl', 'Shift', 'Z']`. */
export function keyCaps(shortcut: string, isMac: boolean): string[] {
  const { key, mod, shift, alt } = partsOf(shortcut)
  return [
    ...(mod ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(shift ? ['Shift'] : []),
    caps[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ]
}

/** True on Apple's machines, where shortcuts go by Command. */
export const onMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform)

const caps: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  arrows: '↑ ↓ ← →',
  delete: 'Delete',
  backspace: 'Backspace',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
}

function partsOf(shortcut: string): { key: string; mod: boolean; shift: boolean; alt: boolean } {
  const parts = shortcut === '+' ? ['+'] : shortcut.toLowerCase().split('+')
  const named = new Set(parts.slice(0, -1))
  return { key: parts.at(-1) ?? '', mod: named.has('mod'), shift: named.has('shift'), alt: named.has('alt') }
}
