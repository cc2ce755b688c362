/** How a whole flow, or the way through one, is brought into view: clear of the controls at the foot. */
export const fitOptions = { padding: { x: 0.12, top: '6%', bottom: '13%' }, maxZoom: 1 } as const
