import { expect, test } from 'vitest'
import { isRobot } from './robots.ts'

const chrome =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36'

test.each([
  { agent: chrome, robot: false },
  {
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    robot: false,
  },
  { agent: 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', robot: false },
  {
    agent: 'Mozilla/5.0 (Linux; Android 8.0; CUBOT X18) AppleWebKit/537.36 Chrome/99.0 Mobile Safari/537.36',
    robot: false,
  },
  { agent: 'facebookexternalhit/1.1 Facebot Twitterbot/1.0', robot: true },
  { agent: 'WhatsApp/2.24.10 A', robot: true },
  { agent: 'TelegramBot (like TwitterBot)', robot: true },
  { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', robot: true },
  { agent: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', robot: true },
  { agent: 'Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5', robot: true },
  { agent: 'curl/8.5.0', robot: true },
  { agent: '', robot: true },
])('"$agent" is a robot: $robot', ({ agent, robot }) => {
  expect(isRobot((name) => (name === 'user-agent' ? agent : undefined))).toBe(robot)
})

test.each(['sec-purpose', 'purpose'])('a browser that fetches ahead says so in %s', (header) => {
  expect(isRobot((name) => ({ 'user-agent': chrome, [header]: 'prefetch;prerender' })[name])).toBe(true)
})
