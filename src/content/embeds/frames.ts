/** Somebody else's player, which a page loads only when a reader asks for it. */
export type Frame = {
  readonly provider: string
  readonly host: string
  readonly src: string
  readonly shape: Shape
}

export type Shape = 'video' | 'audio' | 'tall'

type Found = { readonly path: string; readonly shape?: Shape }

type Provider = {
  readonly name: string
  /** Where its pages are; nothing but exactly these. */
  readonly from: readonly string[]
  /** Where its frames come from. */
  readonly host: string
  /** The address of the frame on its host. It is made of numbers and names that were recognised, never of what was typed. */
  frame(url: URL): Found | null
}

const youtube: Provider = {
  name: 'YouTube',
  from: [
    'www.youtube.com',
    'youtube.com',
    'm.youtube.com',
    'music.youtube.com',
    'www.youtube-nocookie.com',
    'youtu.be',
  ],
  host: 'www.youtube-nocookie.com',
  frame(url) {
    const place = url.hostname === 'youtu.be' ? `/embed${url.pathname}` : url.pathname
    const asked = place === '/watch' ? `/embed/${url.searchParams.get('v')}` : place
    const [, id] = /^\/(?:embed|shorts|live)\/([\w-]{11})\/?$/.exec(asked) ?? []
    const start = secondsIn(url.searchParams.get('t') ?? url.searchParams.get('start') ?? '')
    return id ? { path: `/embed/${id}?autoplay=1&rel=0${start && `&start=${start}`}` } : null
  },
}

const vimeo: Provider = {
  name: 'Vimeo',
  from: ['vimeo.com', 'www.vimeo.com', 'player.vimeo.com'],
  host: 'player.vimeo.com',
  frame({ pathname, searchParams }) {
    const [, id, inPath] = /^\/(?:video\/)?(\d{1,12})(?:\/([0-9a-f]{6,20}))?\/?$/.exec(pathname) ?? []
    const key = inPath ?? /^[0-9a-f]{6,20}$/.exec(searchParams.get('h') ?? '')?.[0]
    return id ? { path: `/video/${id}?autoplay=1&dnt=1${key ? `&h=${key}` : ''}` } : null
  },
}

const dailymotion: Provider = {
  name: 'Dailymotion',
  from: ['www.dailymotion.com', 'dailymotion.com', 'dai.ly'],
  host: 'geo.dailymotion.com',
  frame({ hostname, pathname }) {
    const [, id] = (hostname === 'dai.ly' ? /^\/(\w{5,12})$/ : /^\/video\/(\w{5,12})\/?$/).exec(pathname) ?? []
    return id ? { path: `/player.html?video=${id}` } : null
  },
}

const ted: Provider = {
  name: 'TED',
  from: ['www.ted.com', 'ted.com'],
  host: 'embed.ted.com',
  frame({ pathname }) {
    const [, talk] = /^\/talks\/([a-z0-9_]{1,150})\/?$/.exec(pathname) ?? []
    return talk ? { path: `/talks/${talk}` } : null
  },
}

const streamable: Provider = {
  name: 'Streamable',
  from: ['streamable.com', 'www.streamable.com'],
  host: 'streamable.com',
  frame({ pathname }) {
    const [, id] = /^\/([a-z0-9]{5,8})$/.exec(pathname) ?? []
    // Its own pages look the same: those that are words have no figure.
    return id && /\d/.test(id) ? { path: `/e/${id}?autoplay=1` } : null
  },
}

const archive: Provider = {
  name: 'Internet Archive',
  from: ['archive.org', 'www.archive.org'],
  host: 'archive.org',
  frame({ pathname }) {
    const [, id] = /^\/details\/([A-Za-z0-9][\w.-]{2,100})\/?$/.exec(pathname) ?? []
    return id ? { path: `/embed/${id}` } : null
  },
}

const spotify: Provider = {
  name: 'Spotify',
  from: ['open.spotify.com'],
  host: 'open.spotify.com',
  frame({ pathname }) {
    const pattern = /^\/(?:intl-[a-z]{2,3}\/)?(track|episode|album|playlist|artist|show)\/([A-Za-z0-9]{22})\/?$/
    const [, kind = '', id] = pattern.exec(pathname) ?? []
    const shape = kind === 'track' || kind === 'episode' ? 'audio' : 'tall'
    return id ? { path: `/embed/${kind}/${id}`, shape } : null
  },
}

const soundcloud: Provider = {
  name: 'SoundCloud',
  from: ['soundcloud.com', 'www.soundcloud.com', 'm.soundcloud.com'],
  host: 'w.soundcloud.com',
  frame({ pathname }) {
    const [, who, set = '', what = ''] = /^\/([\w-]{2,60})\/(sets\/)?([\w-]{1,120})\/?$/.exec(pathname) ?? []
    const others = ['discover', 'you', 'search', 'pages', 'stream', 'charts', 'terms-of-use']
    const isList = [
      'tracks',
      'albums',
      'sets',
      'reposts',
      'likes',
      'followers',
      'following',
      'popular-tracks',
    ].includes(what)
    if (!who || others.includes(who) || (isList && !set)) return null
    const track = encodeURIComponent(`https://soundcloud.com/${who}/${set}${what}`)
    return { path: `/player/?url=${track}&auto_play=true`, shape: set ? 'tall' : 'audio' }
  },
}

const codepen: Provider = {
  name: 'CodePen',
  from: ['codepen.io', 'www.codepen.io'],
  host: 'codepen.io',
  frame({ pathname }) {
    const [, who, pen] = /^\/([\w-]{1,60})\/(?:pen|full|details|embed)\/([A-Za-z0-9]{5,40})\/?$/.exec(pathname) ?? []
    return who && pen ? { path: `/${who}/embed/${pen}?default-tab=result`, shape: 'tall' } : null
  },
}

const providers = [youtube, vimeo, dailymotion, ted, streamable, archive, spotify, soundcloud, codepen]
const byHost = new Map(providers.flatMap(provider => provider.from.map(host => [host, provider] as const)))

/** Where frames may come from: nothing else is allowed to pages. */
export const frameHosts: readonly string[] = [...new Set(providers.map(({ host }) => host))]

/** The player of what this address leads to; null unless it is certain. */
export function frameOf(href: string): Frame | null {
  const url = URL.parse(href)
  const provider = url && /^https?:$/.test(url.protocol) && url.port === '' ? byHost.get(url.hostname) : undefined
  const found = url && provider?.frame(url)
  if (!provider || !found) return null
  const { name, host } = provider
  return { provider: name, host, src: `https://${host}${found.path}`, shape: found.shape ?? 'video' }
}

/** `90`, `90s` and `1m30s` as seconds; nothing for anything else. */
function secondsIn(time: string): string {
  const [all, hours, minutes, seconds] = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?$/.exec(time) ?? []
  if (!all) return ''
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  return total > 0 ? String(total) : ''
}
