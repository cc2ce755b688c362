import { describe, expect, test } from 'vitest'
import { isPressed, keyCaps } from './keys.ts'

const press = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
})

describe('a shortcut', () => {
  test.each([
    { shortcut: 'mod+z', key: 'z', held: 'ctrl', isMac: false, fits: true },
    { shortcut: 'mod+z', key: 'Z', held: 'ctrl shift', isMac: false, fits: false },
    { shortcut: 'mod+shift+z', key: 'Z', held: 'ctrl shift', isMac: false, fits: true },
    { shortcut: 'mod+z', key: 'z', held: 'meta', isMac: true, fits: true },
    { shortcut: 'mod+z', key: 'z', held: 'ctrl', isMac: true, fits: false },
    { shortcut: 'delete', key: 'Delete', held: '', isMac: false, fits: true },
    { shortcut: 'alt+arrowup', key: 'ArrowUp', held: 'alt', isMac: false, fits: true },
    { shortcut: 'arrowup', key: 'ArrowUp', held: 'alt', isMac: false, fits: false },
    { shortcut: '?', key: '?', held: 'shift', isMac: false, fits: true },
    { shortcut: '+', key: '+', held: '', isMac: false, fits: true },
    { shortcut: 't', key: 'T', held: 'shift', isMac: false, fits: false },
  ])('$shortcut and $held $key: $fits', ({ shortcut, key, held, isMac, fits }) => {
    expect(isPressed(shortcut, press(key, held), isMac)).toBe(fits)
  })

  test.each([
    { shortcut: 'mod+shift+z', isMac: false, caps: ['Ctrl', 'Shift', 'Z'] },
    { shortcut: 'mod+k', isMac: true, caps: ['⌘', 'K'] },
    { shortcut: 'alt+arrowleft', isMac: false, caps: ['Alt', '←'] },
    { shortcut: '?', isMac: false, caps: ['?'] },
  ])('$shortcut is written $caps', ({ shortcut, isMac, caps }) => {
    expect(keyCaps(shortcut, isMac)).toEqual(caps)
  })
})
