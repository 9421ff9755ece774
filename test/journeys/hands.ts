import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import {
  forumOnBothDatabases,
  openPage,
  type Person,
  type TestForum,
  type TestForumOptions,
  testForum,
  type Visitor,
} from '../support/index.ts'

/** Text for a field, a choice's value, the values to tick. */
type Fields = Record<string, string | boolean | readonly string[]>

/** What somebody does with a forum's pages, in whatever browser. Links and buttons go by their words or a selector. */
export type Hands = {
  go(path: string): Promise<void>
  follow(link: string): Promise<void>
  /** Fills in fields by their names, and presses a button; a question whether it is meant is answered with yes. */
  press(button: string, fields?: Fields): Promise<void>
  /** Takes the notice on the page away. */
  dismiss(): Promise<void>
  sees(css: string, words: RegExp): Promise<void>
  misses(css: string, words?: RegExp): Promise<void>
  /** What a field of the page holds. */
  value(name: string): Promise<string>
  /** As if the browser had been closed. */
  loseSession(): Promise<void>
}

/** Somebody new, in a browser of their own. */
export type Meet = (options?: BrowserContextOptions & { expectErrors?: RegExp }) => Promise<Hands>

/** The same story three times: without scripts on both databases, and in a real browser with scripts. */
export function story(
  name: string,
  tell: (forum: TestForum, meet: Meet) => Promise<void>,
  options: Pick<TestForumOptions, 'mail'> = {},
): void {
  forumOnBothDatabases(name, forum => tell(forum, async () => plainHands(forum.asGuest())), options)
  test(`${name} (in a real browser)`, async t => {
    const forum = await testForum(t, options)
    await tell(forum, async more =>
      scriptedHands(await plainlyWriting(await openPage(t, { baseURL: forum.url, ...more }))),
    )
  })
}

/**
 * In the plain box, whose fields are filled in the same with and without scripts: into the rich one, which may arrive
 * between a tap and the words, `*so*` is typed as those five characters.
 */
async function plainlyWriting(page: Page): Promise<Page> {
  await page.addInitScript("localStorage.setItem('stoa-editor', 'plain')")
  return page
}

export async function signIn(hands: Hands, { name, password }: Pick<Person, 'name' | 'password'>): Promise<void> {
  await hands.go('/login/')
  await hands.press('Sign In', { login: name, password })
  await hands.sees('header', new RegExp(name))
}

function plainHands(visitor: Visitor): Hands {
  return {
    go: async path => void (await visitor.get(path)),
    follow: async link => void (await visitor.click(link)),
    async press(button, fields = {}) {
      const form = visitor.page.form(button).fill(fields)
      await form.submit(isWords(button) ? button : undefined)
    },
    dismiss: async () => void (await visitor.page.form('form[data-dismiss]').submit()),
    sees: async (css, words) => {
      const texts = visitor.page.texts(css)
      assert.ok(
        texts.some(text => words.test(text)),
        `${words} is not what ${css} says on ${visitor.page.url}: ${texts.join('\n')}`,
      )
    },
    misses: async (css, words = /^/) => {
      assert.deepEqual(
        visitor.page.texts(css).filter(text => words.test(text)),
        [],
      )
    },
    value: async name => visitor.page.form(`main [name="${name}"]`).value(name),
    loseSession: async () => visitor.dropCookies('stoa_session'),
  }
}

function scriptedHands(page: Page): Hands {
  page.setDefaultTimeout(10_000)
  return {
    go: async path => void (await page.goto(path)),
    follow: async link => arrive(page, await reach(page, isWords(link) ? `a:text-is("${link}")` : link)),
    async press(button, fields = {}) {
      const words = `button:not([aria-hidden]):text-is("${button}")`
      const pressed = isWords(button) ? words : `${button} >> xpath=ancestor::form//button`
      for (const [name, filling] of Object.entries(fields)) await fill(await among(page, pressed, name), name, filling)
      await arrive(page, await reach(page, pressed))
    },
    async dismiss() {
      const told = page.waitForResponse(/\/notices\/dismiss/)
      await page.locator('form[data-dismiss] button').click()
      await Promise.all([told, page.locator('.notices').waitFor({ state: 'detached' })])
    },
    sees: (css, words) => saying(page, css, words).first().waitFor(),
    misses: async (css, words = /^/) => {
      assert.deepEqual(await saying(page, css, words).allInnerTexts(), [])
    },
    value: name => page.locator(`main [name="${name}"]`).inputValue(),
    loseSession: () => page.context().clearCookies({ name: 'stoa_session' }),
  }
}

/** A word on the next line follows all the same. */
function saying(page: Page, css: string, words: RegExp): Locator {
  return page.locator(css).filter({ hasText: new RegExp(words.source, 's') })
}

/** Something that can be pressed; the menu that it is in is opened. */
async function reach(page: Page, css: string): Promise<Locator> {
  const found = page.locator(css).first()
  const menu = found.locator('xpath=ancestor::details[not(@open)]')
  if ((await menu.count()) > 0) await menu.locator('summary').click()
  return found
}

/** Presses it, and waits for the page that follows. */
async function arrive(page: Page, pressed: Locator): Promise<void> {
  const question = await pressed.getAttribute('data-confirm')
  const there = page.waitForEvent('framenavigated')
  await Promise.all([
    there,
    pressed.click().then(() => (question === null ? undefined : page.locator('#confirm [data-confirm-yes]').click())),
  ])
  await page.waitForLoadState()
}

/** The form of the button; the whole page where the field stands outside of it. */
async function among(page: Page, button: string, name: string): Promise<Locator> {
  const form = page
    .locator('main form')
    .filter({ has: page.locator(button) })
    .first()
  return (await form.locator(`[name="${name}"]`).count()) > 0 ? form : page.locator('main')
}

async function fill(form: Locator, name: string, filling: Fields[string]): Promise<void> {
  const field = form.locator(`[name="${name}"]`)
  if (Array.isArray(filling)) {
    for (const value of filling) await form.locator(`[name="${name}"][value="${value}"]`).check()
  } else if (typeof filling === 'boolean') await field.setChecked(filling)
  else if ((await field.first().getAttribute('type')) === 'radio')
    await form.locator(`[name="${name}"][value="${filling}"]`).check()
  else if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT') await field.selectOption(String(filling))
  else await field.fill(String(filling))
}

function isWords(called: string): boolean {
  return /^[A-Z][\w ]*\??$/.test(called)
}
