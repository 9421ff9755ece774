import type { IncomingMessage, ServerResponse } from 'node:http'

/** Waits for the page that answers a guest, to keep it for the next one. */
export type Capture = {
  /** Keeps the page and answers with it. */
  keep(html: Buffer): Promise<void>
}

const captures = new WeakMap<ServerResponse, Capture>()

export function capturePage(res: ServerResponse, capture: Capture): void {
  captures.set(res, capture)
}

/** Whether others may get the page that answers this, so that nothing of this request may stand on it. */
export function isForOthers(res: ServerResponse): boolean {
  return captures.has(res)
}

/** Who waits for the page of this response. Nobody, unless it is one that any guest may get. */
export function captureOf(req: IncomingMessage, res: ServerResponse): Capture | undefined {
  const capture = captures.get(res)
  if (!capture || res.statusCode !== 200 || res.hasHeader('Set-Cookie')) return undefined
  return 'session' in req && req.session ? undefined : capture
}
