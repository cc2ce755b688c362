import { expect, test } from 'vitest'
import { isOtherApp } from './is-other-app.ts'

const page = (script: string) =>
  `<!doctype html><head><script>let dark</script><script type="module" crossorigin src="${script}"></script></head>`

test.each([
  { what: 'the app that is open', there: page('/assets/index-1.js'), is: false },
  { what: 'an app with another beginning', there: page('/assets/index-2.js'), is: true },
  { what: 'a page that is not the app', there: '<!doctype html><p>The app is being built.', is: false },
  { what: 'silence', there: '', is: false },
])('$what is another app: $is', ({ there, is }) => {
  expect(isOtherApp(there, '/assets/index-1.js')).toBe(is)
})
