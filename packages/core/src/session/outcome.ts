/** How a session ended, as CONTRACT §4 names it. */
export type Outcome = 'completed' | 'expired' | 'failed' | 'interrupted' | 'handed_over'
