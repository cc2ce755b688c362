/**
 * What opens an address without a person behind it: programs that draw a preview of a message, search engines, mail and
 * link scanners, and browsers that fetch ahead. They say so in these headers, all but a few.
 */
export function isRobot(header: (name: string) => string | undefined): boolean {
  const agent = header('user-agent') ?? ''
  const purpose = header('sec-purpose') ?? header('purpose') ?? header('x-purpose') ?? ''
  return agent === '' || ROBOT.test(agent) || /prefetch|prerender|preview/i.test(purpose)
}

/** iMessage calls itself facebookexternalhit and Twitterbot; Google Messages says GoogleMessages or Google-PageRenderer. */
const ROBOT =
  /(?<!cu)bot\b|crawl|spider|slurp|scan(?:ner)?\b|preview|facebookexternalhit|facebot|whatsapp\/|telegram|skypeuri|slack-img|vkshare|embedly|google-?(?:messages|pagerenderer|safety|other)|urlscan|safelinks|curl\/|wget\/|python-|go-http|okhttp|java\/|libwww|headless/i
