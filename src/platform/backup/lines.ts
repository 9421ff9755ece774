import { BackupFault } from './fault.ts'

/** In characters: more than the longest post, however it is written down. */
const longestLine = 64 * 1024 * 1024

/** Lines as they come, some at a time; only a line feed ends one. */
export async function* linesOf(content: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  for await (const chunk of content) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new BackupFault('A row is longer than any that a copy of a forum holds')
    if (lines.length > 0) yield lines
  }
  rest += decoder.decode()
  if (rest) yield [rest]
}
