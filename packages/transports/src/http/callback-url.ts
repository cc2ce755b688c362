/** Where receipts are taken, unless only this machine could reach it and the provider is elsewhere. */
export function callbackFor(providerUrl: string, inboundUrl: string | undefined): string | undefined {
  return inboundUrl !== undefined && isLoopback(inboundUrl) && !isLoopback(providerUrl) ? undefined : inboundUrl
}

function isLoopback(url: string): boolean {
  return /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1?\]|0\.0\.0\.0)(?:[:/?]|$)/i.test(url)
}
