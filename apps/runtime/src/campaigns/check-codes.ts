/** Why a pre-launch check says that a campaign cannot be launched as it is. */
export const checkCodes = {
  'check/no-channel': 'The channel is gone, or switched off. Choose another, or switch it on.',
  'check/flow-not-published': 'The flow, or that of a variant, is not published on any channel. Publish it.',
  'check/no-audience': 'Nobody is named. Say who it is for: groups, a search, or phone numbers.',
  'check/no-recipients': 'Everybody it is for is left out. The check tells how many, and why.',
  'check/text': 'The text cannot be written for anybody. The message names what is wrong in it.',
} as const

/** One of {@link checkCodes}. */
export type CheckCode = keyof typeof checkCodes
