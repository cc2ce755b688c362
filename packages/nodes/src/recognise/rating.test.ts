import { expect, test } from 'vitest'
import { type RatingScale, readRating } from './rating.ts'

test.each<{ reply: string; scale: RatingScale; rating: number | undefined }>([
  { reply: '4', scale: '1-5', rating: 4 },
  { reply: ' 4. ', scale: '1-5', rating: 4 },
  { reply: 'I give it a 4!', scale: '1-5', rating: 4 },
  { reply: '5 stars', scale: '1-5', rating: 5 },
  { reply: '4/5', scale: '1-5', rating: 4 },
  { reply: '4 out of 5', scale: '1-5', rating: 4 },
  { reply: '5/5', scale: '1-5', rating: 5 },
  { reply: '⭐⭐⭐', scale: '1-5', rating: 3 },
  { reply: '★ ★', scale: '1-5', rating: 2 },
  { reply: '٤', scale: '1-5', rating: 4 },
  { reply: '5️⃣', scale: '1-5', rating: 5 },
  { reply: '0', scale: '0-10', rating: 0 },
  { reply: '10', scale: '0-10', rating: 10 },
  { reply: '8/10', scale: '0-10', rating: 8 },
  // Off the scale, which is for others to judge.
  { reply: '7', scale: '1-5', rating: 7 },
  { reply: '8/10', scale: '1-5', rating: undefined },
  { reply: '3 or 4', scale: '1-5', rating: undefined },
  { reply: '4.5', scale: '1-5', rating: undefined },
  { reply: 'great', scale: '1-5', rating: undefined },
  { reply: '', scale: '1-5', rating: undefined },
])('"$reply" on a scale of $scale is $rating', ({ reply, scale, rating }) => {
  expect(readRating(reply, scale)).toBe(rating)
})
