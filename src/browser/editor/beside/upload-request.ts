/** A file as the forum keeps it. */
export type Kept = {
  readonly kind: 'image' | 'file'
  readonly name: string
  readonly src: string
  readonly width?: number
  readonly height?: number
}

/** Why it is not kept, in the words of the forum; none when it could not be reached or did not say. */
export class NotKept extends Error {}

/**
 * Sends a file. `onPart` hears how much of it has arrived, from 0 to 1. Throws `NotKept`, and an AbortError for the signal.
 * A request of the old kind, because only that tells how far it has come.
 */
export function sendFile(
  address: string,
  file: File,
  { signal, onPart }: { readonly signal: AbortSignal; readonly onPart: (part: number) => void },
): Promise<Kept> {
  const request = new XMLHttpRequest()
  const body = new FormData()
  body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const fail = () => reject(signal.aborted ? signal.reason : new NotKept(errorIn(request)))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.upload.addEventListener('progress', ({ loaded, total }) => onPart(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      const kept = request.status < 300 ? keptIn(request) : null
      if (kept) resolve(kept)
      else fail()
    })
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, fail)
    request.open('POST', address)
    request.setRequestHeader('Accept', 'application/json')
    request.send(body)
  })
}

function keptIn(request: XMLHttpRequest): Kept | null {
  const file = answerOf(request).files?.[0]
  return file && /^\/(?![/\\])/.test(file.src) ? file : null
}

function errorIn(request: XMLHttpRequest): string {
  const { error } = answerOf(request)
  return typeof error === 'string' ? error : ''
}

function answerOf({ responseText }: XMLHttpRequest): { readonly files?: readonly Kept[]; readonly error?: unknown } {
  try {
    return JSON.parse(responseText) ?? {}
  } catch {
    return {}
  }
}
