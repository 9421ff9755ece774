/** Where stored HTML leads by a link or a picture, each once. Paths on this forum (quotes, mentions) are no links. */
export function linksIn(html: string): Set<string> {
  return new Set([...html.matchAll(/\s(?:href|src)="([a-z][a-z+.-]*:[^"]*)"/gi)].map(([, link]) => link ?? ''))
}
