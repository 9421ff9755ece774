import type { Copy } from './copy.ts'

/** What the server has saved now, or what it holds instead; null: it could not be asked, or would not. */
export type Answer = { readonly saved: boolean; readonly copy: Copy } | null

/** Saves a text over the one that was saved at `base`. When the page is left, it outlasts it. */
export async function save(place: string, text: Copy, base: number | undefined, leaving: boolean): Promise<Answer> {
  const { title, prefix, body, format } = text
  const fields = { place, title, prefix, body, format, base: String(base ?? '') }
  const answer = await send('/drafts/typed', fields, leaving)
  if (!answer?.ok) return null
  const there = await answer.json().catch(() => null)
  return there && { saved: !there.isOther, copy: asCopy(there) }
}

/** What the server tells of a text it has. */
export function asCopy<T extends object>(there: T & { title: string | null; prefix: number | null }) {
  return { ...there, title: there.title ?? '', prefix: String(there.prefix ?? '') }
}

/** It is not wanted any more. */
export function clear(place: string, at?: number): void {
  void send('/drafts/cleared', { place, at: String(at ?? '') }, true)
}

async function send(path: string, fields: Record<string, string>, keepalive: boolean): Promise<Response | null> {
  try {
    return await fetch(path, { method: 'post', body: new URLSearchParams(fields), redirect: 'manual', keepalive })
  } catch {
    return null
  }
}
