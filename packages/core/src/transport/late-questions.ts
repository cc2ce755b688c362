import * as z from 'zod'

/** The setting of links whose network can be asked what has become of a text. */
export const lateQuestionSettings = {
  asksLate: z
    .boolean()
    .default(false)
    .meta({
      title: 'Ask for receipts that never came',
      description:
        'Once the validity of a text is over and nobody has said what has become of it, the network is asked. Many networks ' +
        'serve no such questions, or not for so long.',
    }),
}

/** What `lateQuestionSettings` say once they are read. */
export interface LateQuestionSettings {
  readonly asksLate?: boolean | undefined
}
