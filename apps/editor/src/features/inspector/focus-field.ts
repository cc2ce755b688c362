/** Frames to wait for a field that is only just being drawn, or whose editor is still on its way. */
const maxFrames = 60

// The head of a field has its help and the way to remove it: not what somebody comes for.
const focusable = ':is(input, textarea, select, [contenteditable=true], button):not(.tl-field-head *)'

/**
 * Puts the cursor into the field at a path of the node's data, into the nearest one around it when it has none of its
 * own, into the first of the form for the empty path.
 */
export function focusField(panel: Element | null, path: string, frame = 0): void {
  if (!panel) return
  const place = placeOf(panel, path)
  const isLoading = place?.querySelector('[data-loading]') != null
  const control = place?.querySelector<HTMLElement>(focusable)
  if (control && !isLoading && control.closest('details:not([open])') === null) {
    control.focus()
    control.scrollIntoView({ block: 'nearest' })
  } else if (frame < maxFrames) {
    const fold = control?.closest('details')
    if (fold) fold.open = true
    requestAnimationFrame(() => focusField(panel, path, frame + 1))
  }
}

function placeOf(panel: Element, path: string): Element | null {
  if (path === '') return panel.querySelector('[data-place]')
  const exact = panel.querySelector(`[data-place="${CSS.escape(path)}"]`)
  if (exact) return exact
  const around = path.replace(/(?:\.[^.[\]]*|\[[^\]]*\])$/, '')
  return around === path || around === '' ? null : placeOf(panel, around)
}
