import { fold } from '@textloom/core'
import { numbersIn } from '../number-text.ts'

/** The scales people rate on. */
export const ratingScales = {
  '1-5': { min: 1, max: 5 },
  '0-10': { min: 0, max: 10 },
} as const

export type RatingScale = keyof typeof ratingScales

/**
 * The whole number that a reply rates with, whether it is on the scale or not: the only number in it (`4`, `a 4!`,
 * `٤`), that before the scale's end (`4/5`, `4 out of 5`), or as many as there are stars. Undefined when there is none,
 * or several that it could be.
 */
export function readRating(reply: string, scale: RatingScale): number | undefined {
  const stars = /^\s*(?:[★⭐🌟]\uFE0F?\s*)+$/u.exec(reply)?.[0].match(/[★⭐🌟]/gu)
  if (stars) return stars.length
  const { max } = ratingScales[scale]
  const numbers = numbersIn(fold(reply).replace(/(?<=\d)\s*\/\s*(?=\d)/g, ' / '))
  const [rating, end] = numbers
  const isAlone = numbers.length === 1 || (numbers.length === 2 && end === max && rating !== undefined && rating <= max)
  return isAlone && Number.isInteger(rating) ? rating : undefined
}
