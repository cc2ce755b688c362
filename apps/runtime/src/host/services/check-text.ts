import { segmentCount } from '@textloom/sms'
import { Refusal } from './refusal.ts'

const MOST_SEGMENTS = 255

/** @throws Refusal `empty-text` or `text-too-long` for what cannot be an MT */
export function checkText(text: string): void {
  if (text === '') throw new Refusal('empty-text', 'The text is empty.')
  const segments = segmentCount(text)
  if (segments > MOST_SEGMENTS) {
    throw new Refusal('text-too-long', `The text needs ${segments} segments; one message has at most ${MOST_SEGMENTS}.`)
  }
}
