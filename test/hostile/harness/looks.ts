import type { Ask } from './ask.ts'
import type { House } from './house.ts'
import type { Routes } from './routes.ts'
import { goAs, pathsOf, type Visitors } from './walk.ts'

/** Where the own account is spoken of, and what guests are asked. */
const unsettled =
  /^\/(account|register|contact$|post\/:id\/report|proof|claim|verify|reset|recover|email|unsubscribe|styleguide|build|files|admin)/

/** What everybody sees of a house by their numbers, page by page. */
export async function looksOf({ ask, routes, house }: Looking, visitors: Visitors): Promise<Map<string, string>> {
  const looks = new Map<string, string>()
  const paths = routes.of('GET').filter(({ path }) => !unsettled.test(path))
  const ways = await Promise.all(paths.flatMap(route => pathsOf(route, before => idsOf(house, before))).map(led))
  async function led(path: string): Promise<string[]> {
    const { status, headers } = await ask(path)
    const own = status === 301 ? `${headers.location}` : path
    return /^\/(topic|forum)\/\d/.test(own) && own.endsWith('/') ? [own, `${own}?page=2`] : [own]
  }
  for (const path of ways.flat()) {
    for (const { who, answer } of await goAs(ask, visitors, path)) {
      looks.set(`${path} as ${who}`, lasting(`${answer.status} ${answer.headers.location ?? ''}\n${answer.body}`))
    }
  }
  return looks
}

type Looking = { readonly ask: Ask; readonly routes: Routes; readonly house: House }

function idsOf({ topicId, postId, forumId, otherId, people }: House, before: string): number[] {
  if (before === '/topic/') return [topicId, topicId + 1, topicId + 7]
  if (before === '/post/') return [postId, postId + 1]
  if (before === '/forum/') return [forumId, otherId]
  return before === '/profile/' ? [people.Bea.id, people.Emil.id] : []
}

/** Without what a page says of the moment at which it was made. */
function lasting(text: string): string {
  return text.replaceAll(/(value|token)="[\w.:=-]{13,}"/g, '').replaceAll(/<dt>\d* ?views?<.dt><dd>[\d,]+</gi, '')
}
