import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameHosts, frameOf, piecesOf, placeOf } from '../../src/content/index.ts'
import { html } from './support/compose.ts'

const players = {
  'https://www.youtube.com/watch?v=dQw4w9WgXcQ': 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0',
  'http://youtu.be/dQw4w9WgXcQ?t=1m30s&si=x':
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=90',
  'https://m.youtube.com/shorts/dQw4w9WgXcQ': 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0',
  'https://vimeo.com/76979871': 'https://player.vimeo.com/video/76979871?autoplay=1&dnt=1',
  'https://vimeo.com/76979871/8272103f6e': 'https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=8272103f6e',
  'https://dai.ly/x8abcde': 'https://geo.dailymotion.com/player.html?video=x8abcde',
  'https://www.ted.com/talks/anna_oposa_how_to_save': 'https://embed.ted.com/talks/anna_oposa_how_to_save',
  'https://streamable.com/moo1x': 'https://streamable.com/e/moo1x?autoplay=1',
  'https://archive.org/details/night_of_the.living-dead': 'https://archive.org/embed/night_of_the.living-dead',
  'https://open.spotify.com/intl-de/track/11dFghVXANMlKmJXsNCbNl?si=x':
    'https://open.spotify.com/embed/track/11dFghVXANMlKmJXsNCbNl',
  'https://soundcloud.com/forss/sets/soulhack':
    'https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fforss%2Fsets%2Fsoulhack&auto_play=true',
  'https://codepen.io/team/pen/PNaGbb?x=<y>': 'https://codepen.io/team/embed/PNaGbb?default-tab=result',
}

test('Addresses of known providers lead to their players, made of what was recognised only', () => {
  for (const [address, src] of Object.entries(players)) assert.equal(frameOf(address)?.src, src, address)
  for (const src of Object.values(players)) assert.ok(frameHosts.includes(new URL(src).host), src)
  assert.equal(frameOf('https://youtu.be/dQw4w9WgXcQ')?.provider, 'YouTube')
})

test('Nothing that only looks like a provider becomes a player', () => {
  const hostile = [
    'https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
    'https://evil.example/https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com./watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ',
    'https://wwwxyoutube.com/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com/watch?v=dQw4w9Wg"><script>',
    'https://www.youtube.com/watch?v=dQw4w9WgXc"',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ/../../x',
    'https://www.youtube.com/watch',
    'https://www.youtube.com/@someone',
    'https://youtu.be/embed/dQw4w9WgXcQ',
    'ftp://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'javascript:alert(1)//www.youtube.com/watch?v=dQw4w9WgXcQ',
    'data:text/html,https://youtu.be/dQw4w9WgXcQ',
    '//www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://vimeo.com/76979871/settings',
    'https://vimeo.com/٣٤',
    'https://open.spotify.com/track/11dFghVXANMlKmJXsNCbN%22',
    'https://soundcloud.com/forss/x%2F..%2F?url=evil',
    'https://soundcloud.com/you/likes',
    'https://codepen.io/team/pen/a%22onload=b',
    'https://streamable.com/login',
    'https://archive.org/details/..',
    '',
  ]
  for (const address of hostile) assert.equal(frameOf(address), null, address)
  // A start that is no time is left out.
  assert.doesNotMatch(frameOf('https://youtu.be/dQw4w9WgXcQ?t=1"><b>')?.src ?? '"', /start|["<>]/)
})

test('The topic, post or member is found in every form of its address', () => {
  const at = 'https://porch.example'
  const places = {
    [`${at}/topic/12-figs/?page=3`]: 'topic 12',
    [`${at}/topic/12`]: 'topic 12',
    [`${at}/topic/12-figs/?page=3#post-678`]: 'post 678',
    [`${at}/topic/12-figs/?do=findComment&comment=678`]: 'post 678',
    [`${at}/topic/12-figs/?do=findComment&comment=6e8`]: 'topic 12',
    [`${at}/post/678`]: 'post 678',
    [`${at}/profile/7-ann/`]: 'member 7',
  }
  for (const [address, place] of Object.entries(places)) {
    const found = placeOf(address)
    assert.deepEqual([found?.origin, `${found?.place.kind} ${found?.place.id}`], [at, place], address)
  }
  for (const path of [
    '/',
    '/topic/0-x/',
    '/topic/12-x/next',
    '/post/2147483648',
    '/post/678/edit',
    '/profile/x',
    '/forum/3-x/',
  ])
    assert.equal(placeOf(at + path), null, path)
  assert.equal(placeOf('https://porch.example@evil.example/post/678'), null)
})

test('A text comes in pieces by its lonely links, and the pieces are the text', async () => {
  const typed =
    'one https://a.example/in\n\nhttps://a.example/?x=1&y=2\n\n> https://a.example/quoted\n\n- https://a.example/item\n\n||\nhttps://a.example/b\n||\n\n<https://a.example/plain>\n\n`<p><a class="embed" href="https://a.example/c">x</a></p>`'
  const stored = await html(typed)
  const pieces = piecesOf(stored)
  assert.equal(pieces?.map(piece => piece.html).join(''), stored)
  const links = pieces?.flatMap(({ href }) => href ?? [])
  assert.deepEqual(links, ['https://a.example/?x=1&y=2', 'https://a.example/b'])
  assert.equal(piecesOf(await html('no https://a.example/ alone')), null)
  const many = piecesOf(await html('https://a.example/\n'.repeat(100)))
  assert.equal(many?.filter(({ href }) => href).length, 30)
})
