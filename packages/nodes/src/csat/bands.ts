import type { RatingScale } from '../recognise/rating.ts'

/** Ratings that reports count as one. Both ends belong to it. */
export interface RatingBand {
  readonly category: string
  readonly from: number
  readonly to: number
}

/** What reports count ratings as: the usual names of each scale. 0 to 10 is that of the Net Promoter Score. */
export const ratingBands: Readonly<Record<RatingScale, readonly RatingBand[]>> = {
  '1-5': [
    { category: 'dissatisfied', from: 1, to: 2 },
    { category: 'neutral', from: 3, to: 3 },
    { category: 'satisfied', from: 4, to: 5 },
  ],
  '0-10': [
    { category: 'detractor', from: 0, to: 6 },
    { category: 'passive', from: 7, to: 8 },
    { category: 'promoter', from: 9, to: 10 },
  ],
}
