import type { Issue } from '@textloom/core'

/** What an instance says of a flow that is to be published there, beyond what the analysis says of the flow alone. */
export const publishCodes = {
  'publish/unpublished-flow': [
    'warning',
    'A node calls a flow that is not published yet: until it is, the call fails.',
  ],
  'publish/unknown-queue': [
    'warning',
    'A node names a queue that nobody set up: its tickets have no hours and no people of their own.',
  ],
  'publish/unknown-group': [
    'warning',
    'A node asks whether the contact is in a group that is not there: nobody is in it until a flow, or somebody, makes it.',
  ],
  'publish/failing-test': ['warning', 'A saved test goes another way than it was saved.'],
  'publish/untested': ['warning', 'The saved tests have so many steps that some were not run.'],
} as const satisfies { readonly [code: string]: readonly [Issue['severity'], string] }
