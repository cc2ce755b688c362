import { keyCaps, onMac } from '../actions/keys.ts'
import './key-caps.css'

/** A shortcut as keys of a keyboard. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className="tl-keys">
      {keyCaps(keys, onMac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
