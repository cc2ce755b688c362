import { useState } from 'react'
import { type Handsets, readHandsets } from './model/handsets.ts'

const KEY = 'textloom.handsets'

/** The handsets on the table, kept in this browser. */
export function useHandsets() {
  const [handsets, setHandsets] = useState(() => readHandsets(localStorage.getItem(KEY)))
  const change = (next: Handsets) => {
    setHandsets(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  return { handsets, change }
}
