import { CookieAccessInfo } from 'cookiejar'
import { Visitor } from '../support/visitor/visitor.ts'
import { ask } from './ask.ts'
import { type Person, people } from './ground/fill.ts'

/** A browser that takes every encoding. */
export const browserHeaders = { 'accept-encoding': 'gzip, deflate, br', 'accept-language': 'en' }

/** One to which everything is sent as it is. */
export const plainHeaders = { 'accept-encoding': 'identity', 'accept-language': 'en' }

/** What a browser says of a form on a page of ours. */
export const formHeaders = {
  ...browserHeaders,
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
}

/** Signs everybody in through the page for it, and gives their cookies as a browser sends them. */
export async function signInAll(url: string): Promise<string[]> {
  const cookies: string[] = []
  for (const person of people) cookies.push(await signIn(url, person))
  return cookies
}

async function signIn(url: string, { name, password }: Person): Promise<string> {
  const visitor = new Visitor(url)
  await visitor.get('/login/')
  const page = await visitor.page.form('main input[type=password]').fill({ login: name, password }).submit()
  if (page.has('input[type=password]')) throw new Error(`${name} was not signed in: ${page.text}`)
  const everywhere = new CookieAccessInfo(new URL(url).hostname, '/', true, false)
  return visitor.agent.jar.getCookies(everywhere).toValueString()
}

/** A page's bytes as they are before they are compressed. Throws when it is not there. */
export async function plainPage(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  const answer = await ask(url + path, { headers: { ...headers, ...plainHeaders } })
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
  return answer.body
}

const patienceMs = 5000

/** Asks for a guests' page until it is kept in its smallest form, and gives its validator. */
export async function keepPage(url: string, path: string): Promise<string> {
  for (const began = performance.now(); performance.now() - began < patienceMs; ) {
    const { status, headers } = await ask(url + path, { headers: browserHeaders })
    if (status !== 200) throw new Error(`${path} answers ${status}`)
    if (headers['content-encoding'] === 'br' && headers.etag) return headers.etag
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error(`${path} is not kept for other guests`)
}

/** Where the form under this page's text is sent. */
export async function writingAction(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const html = (await plainPage(url, path, headers)).toString()
  const action = /<form method="post" action="([^"]+)"[^>]* data-writing>/.exec(html)?.[1]
  if (!action) throw new Error(`Nothing can be written on ${path}`)
  return action
}
