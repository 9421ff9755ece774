import assert from 'node:assert/strict'
import { type Composed, type ComposeOptions, compose, convert, toMarkdown } from '../../../src/content/index.ts'
import { Invalid } from '../../../src/platform/errors.ts'

export const options: ComposeOptions = { maxLength: 100_000, maxEmoji: 75, baseUrl: 'https://home.example' }

export function composed(body: string, more: Partial<ComposeOptions> = {}): Promise<Composed> {
  return compose({ body, format: 'markdown' }, { ...options, ...more })
}

export async function html(body: string, more: Partial<ComposeOptions> = {}): Promise<string> {
  return (await composed(body, more)).html
}

export async function pasted(body: string, more: Partial<ComposeOptions> = {}): Promise<string> {
  return (await compose({ body, format: 'html' }, { ...options, ...more })).html
}

/** The key of the phrase that says why this is refused. */
export async function refusal(text: Promise<unknown>): Promise<string | undefined> {
  const error = await text.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Invalid, String(error))
  return error.errors.body?.key
}

/** Editing this and saving it as it is changes nothing, in the textarea and in the rich editor. */
export async function assertSameWhenSaved(stored: string, more: Partial<ComposeOptions> = {}): Promise<void> {
  const markdown = await toMarkdown(stored)
  assert.equal(await html(markdown, more), stored, markdown)
  const edited = await convert({ body: markdown, format: 'markdown' }, options)
  assert.equal(await pasted(edited.body, more), stored)
}
