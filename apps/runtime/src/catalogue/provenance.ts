/** Where a link, channel or flow is declared: in TEXTLOOM_CONFIG, which makes it read-only in the app, or by the API. */
export type Provenance = 'config' | 'api'
