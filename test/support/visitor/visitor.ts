import { CookieAccessInfo } from 'cookiejar'
import supertest, { type Response, type Test } from 'supertest'
import type { Filling, Submission } from './form.ts'
import { Page } from './page.ts'

export type VisitorOptions = {
  /** The network address that the proxy in front of the forum reports. */
  address?: string
  /** The name in the browser's address line, where it is not this machine: a browser then says less about itself. */
  host?: string
  headers?: Record<string, string>
}

type Going = {
  site?: 'none' | 'same-origin'
  referrer?: string | undefined
  headers?: Record<string, string>
}

const furthest = 10

/** Somebody with a browser of their own, without JavaScript: keeps cookies, follows redirects, fills in forms. */
export class Visitor {
  /** Where requests go. */
  readonly url: string
  /** Sends plain requests with this browser's cookies. */
  readonly agent: ReturnType<typeof supertest.agent>
  /** Statuses and places of the redirects on the way to this page. */
  redirects: { status: number; to: string }[] = []
  readonly #options: VisitorOptions
  #page: Page | undefined

  constructor(url: string, options: VisitorOptions = {}) {
    this.url = url
    this.#options = options
    this.agent = supertest.agent(url)
  }

  /** The page they are on. */
  get page(): Page {
    if (!this.#page) throw new Error('This visitor has not been anywhere yet')
    return this.#page
  }

  /** Types an address. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    this.redirects = []
    return this.#arrive(path, this.agent.get(bare(path)), { site: 'none', headers })
  }

  /** Follows a link, by its words or a selector. */
  async click(link: string): Promise<Page> {
    this.redirects = []
    const path = this.#own(this.page.link(link))
    return this.#arrive(path, this.agent.get(bare(path)), { referrer: this.page.url })
  }

  /** Fills in the form that has this button, and presses it. */
  async press(button: string, fillings: Record<string, Filling> = {}): Promise<Page> {
    return this.page.form(button).fill(fillings).submit(button)
  }

  /** Sends fields to a path as a form of our own page would. */
  async post(path: string, fields: Record<string, string | readonly string[]> = {}): Promise<Page> {
    const entries = Object.entries(fields).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    )
    return this.#send({ method: 'post', action: path, entries }, '/')
  }

  cookie(name: string): string | undefined {
    return this.agent.jar.getCookie(name, this.#everywhere)?.value
  }

  /** All that they have, by their names. */
  cookies(): Record<string, string> {
    return Object.fromEntries(this.agent.jar.getCookies(this.#everywhere).map(({ name, value }) => [name, value]))
  }

  setCookie(name: string, value: string): void {
    this.agent.jar.setCookie(`${name}=${value}; Path=/`, this.#everywhere.domain)
  }

  /** All of them, or one. */
  dropCookies(name?: string): void {
    for (const cookie of this.agent.jar.getCookies(this.#everywhere)) {
      if (name === undefined || cookie.name === name) {
        const gone = `${cookie.name}=; Path=${cookie.path}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`
        this.agent.jar.setCookie(gone, this.#everywhere.domain)
      }
    }
  }

  get #everywhere(): CookieAccessInfo {
    return new CookieAccessInfo(new URL(this.url).hostname, '/', true, false)
  }

  async #send({ method, action, entries }: Submission, from = this.page.url): Promise<Page> {
    this.redirects = []
    const path = this.#own(action, from)
    if (method === 'post') {
      const body = new URLSearchParams(entries).toString()
      return this.#arrive(path, this.agent.post(bare(path)).type('form').send(body), { referrer: from })
    }
    const asked = `${bare(path).split('?')[0]}?${new URLSearchParams(entries)}`
    return this.#arrive(asked, this.agent.get(asked), { referrer: from })
  }

  async #arrive(path: string, request: Test, going: Going): Promise<Page> {
    const response = await request.redirects(0).set(this.#headers(request.method, going))
    const { location } = response.headers
    if (response.status < 300 || response.status >= 400 || location === undefined) return this.#show(path, response)
    return this.#follow(path, response, location, request)
  }

  async #follow(from: string, response: Response, location: string, request: Test): Promise<Page> {
    this.redirects.push({ status: response.status, to: location })
    if (this.redirects.length > furthest) throw new Error(`Redirected in circles to ${location}`)
    const target = new URL(location, this.#origin + from)
    if (target.origin !== this.#origin && target.origin !== this.url) return this.#show(from, response)
    const path = target.pathname + target.search + (target.hash || hashOf(from))
    if (response.status === 307 || response.status === 308) throw new Error('No page of ours sends a form on')
    return this.#arrive(path, this.agent.get(bare(path)), { referrer: request.method === 'GET' ? undefined : from })
  }

  #show(url: string, response: Response): Page {
    this.#page = new Page(url, response, submission => this.#send(submission))
    return this.#page
  }

  get #origin(): string {
    return this.#options.host ? `http://${this.#options.host}` : this.url
  }

  /** A path on this site; leaving it is no task of these tests. */
  #own(href: string, from = this.page.url): string {
    const target = new URL(href, this.#origin + from)
    if (target.origin !== this.#origin && target.origin !== this.url) throw new Error(`${href} leads elsewhere`)
    return target.pathname + target.search + target.hash
  }

  #headers(method: string, { site = 'same-origin', referrer, headers }: Going): Record<string, string> {
    const { address, host } = this.#options
    return {
      Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'Accept-Language': 'en',
      // Packing pages and unpacking them again takes long, and has tests of its own.
      'Accept-Encoding': 'identity',
      ...(method === 'POST' ? { Origin: this.#origin } : {}),
      ...(referrer === undefined ? {} : { Referer: this.#origin + bare(referrer) }),
      ...(host
        ? { Host: host }
        : { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }),
      ...(address ? { 'X-Forwarded-For': address } : {}),
      ...this.#options.headers,
      ...headers,
    }
  }
}

function bare(path: string): string {
  return path.split('#')[0] ?? path
}

function hashOf(path: string): string {
  return path.includes('#') ? path.slice(path.indexOf('#')) : ''
}
