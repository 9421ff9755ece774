const closed = [
  '/account',
  '/admin',
  '/claim',
  '/drafts',
  '/login',
  '/logout',
  '/modcp',
  '/new-topic',
  '/register',
  '/setup',
  '/forum/*/new-topic',
  '/forum/*/password',
  '/post/*/',
  '/topic/*/next',
  '/topic/*/previous',
  '/topic/*/reply',
  '/*?*do=',
  '/*?*quote=',
]

/** Crawlers read what people read, and no forms. Sorted and filtered lists say themselves that they are not for an index. */
export const robots = ['User-agent: *', ...closed.map(path => `Disallow: ${path}`), ''].join('\n')
