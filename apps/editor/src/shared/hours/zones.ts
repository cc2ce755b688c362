/** The time zones that the browser knows, and the one that is there in any case. */
export function zonesWith(zone: string | null): string[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((each) => each !== 'UTC')]
  return zone === null || zones.includes(zone) ? zones : [zone, ...zones]
}
