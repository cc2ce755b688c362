/** What an answer of the provider means for the MT. */
export type Meaning = 'ok' | 'later' | 'never' | 'throttled' | 'refused'
