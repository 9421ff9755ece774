import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { FetchFailed, openWayOut, type Wanted, type WayOutOptions } from '../../src/platform/outward/index.ts'
import { isPublicAddress } from '../../src/platform/outward/public-address.ts'

const pages: Wanted = { accept: ['text/html'], from: 'https://porch.example' }

/** A server of somebody's, which the way out may reach at its port. */
async function elsewhere(t: TestContext, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, except: [{ address: '127.0.0.1', port }] }
}

async function faultOf(url: string, options: WayOutOptions, wanted: Partial<Wanted> = {}): Promise<string> {
  try {
    const { bytes } = await openWayOut(options).fetchOut(url, { ...pages, ...wanted })
    return `fetched ${bytes.length} bytes`
  } catch (error) {
    assert.ok(error instanceof FetchFailed, String(error))
    return error.status === null ? error.fault : `${error.fault} ${error.status}`
  }
}

/** Whoever is looked up in these tests without being known fails them. */
const nobody = async (name: string): Promise<string[]> => assert.fail(`${name} was looked up`)

test('Nobody is led to an address that is not public, however it is spelt', async () => {
  const spelt = [
    ...['127.0.0.1', '127.1', '0x7f.1', '0177.0.0.1', '2130706433', '0', '0.0.0.0', '[::]', '[::1]', '10.0.0.1'],
    ...['172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '0xa9fea9fe', '224.0.0.1', '255.255.255.255'],
    ...['[::ffff:127.0.0.1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::a00:1]'],
    ...['[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[fec0::1]', '[ff02::1]'],
    ...[
      '192.0.0.192',
      '100.100.100.200',
      '168.63.129.16',
      '198.18.0.1',
      '[2001:db8::1]',
      '１２７.０.０.１',
      '127。0。0。1',
    ],
    ...['localhost', 'localhost.', 'LOCALHOST', 'a.localhost', 'metadata.google.internal', 'metadata', 'nas.local.'],
    ...['router.home.arpa', 'intranet', 'db', 'hidden.onion'],
  ]
  const open = { resolve: nobody }
  for (const host of spelt) assert.equal(await faultOf(`http://${host}/`, open), 'address', host)
  const others = [
    ...['ftp://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'gopher://example.org/', '/here', '', '//'],
    ...['http://example.org:22/', 'https://example.org:8443/', 'http://u:p@example.org/', 'http://u@example.org/'],
    `http://example.org/${'x'.repeat(3000)}`,
  ]
  for (const url of others) assert.equal(await faultOf(url, open), 'address', url)
  for (const address of ['8.8.8.8', '2606:4700:4700::1111']) assert.ok(isPublicAddress(address))
  for (const address of ['fe80::1%eth0', 'example.org', '', '4000::1']) assert.ok(!isPublicAddress(address))
})

test('A name that leads within is not followed, also when it led elsewhere a moment ago', async t => {
  let met = 0
  const { port, except } = await elsewhere(t, (_req, res) => void res.end(String(met++)))
  const names: Record<string, string[]> = {
    'inside.example': ['127.0.0.1'],
    'half.example': ['93.184.215.14', '192.168.0.1'],
    'mapped.example': ['::ffff:169.254.169.254'],
    'cloud.example': ['169.254.169.254'],
    'nowhere.example': [],
  }
  const resolve = async (name: string) => names[name] ?? assert.fail(name)
  for (const name of Object.keys(names)) assert.equal(await faultOf(`http://${name}/`, { resolve }), 'address', name)
  // What is allowed is this address on this port: not the port for others, nor the address on others.
  const other = [{ address: '127.0.0.2', port }]
  assert.equal(await faultOf(`http://inside.example:${port}/`, { resolve, except: other }), 'address')
  assert.equal(await faultOf('http://inside.example/', { resolve, except }), 'address')
  assert.equal(await faultOf('http://gone.example/', { resolve: () => Promise.reject(new Error('No')) }), 'connection')

  let asked = 0
  const rebinding = async () => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1'])
  const into = { ...pages, accept: ['text/html', ''] }
  await openWayOut({ resolve: rebinding, except }).fetchOut(`http://turns.example:${port}/`, into)
  assert.deepEqual([asked, met], [1, 1], 'what was judged is what is connected to')
})

test('Redirects are judged like the first address, and three are enough', async t => {
  const { port, except } = await elsewhere(t, ({ url, headers }, res) => {
    const to = new URL(url ?? '', 'http://x').searchParams.get('to')
    if (to) return void res.writeHead(302, { location: to, 'set-cookie': 'a=1' }).end('moved')
    res.setHeader('content-type', 'text/html; charset="UTF-8"')
    res.end(JSON.stringify(headers))
  })
  const way = { except, resolve: async () => ['127.0.0.1'] }
  const hop = (to: string) => `http://a.example:${port}/?${new URLSearchParams({ to })}`
  const forbidden = ['http://127.0.0.1/', 'http://[::1]/', 'file:///etc/passwd', 'http://a.example:22/', '//localhost/']
  for (const to of [...forbidden, 'javascript:alert(1)', 'http://u@a.example/', 'http://b.example/'])
    assert.equal(await faultOf(hop(to), way), 'address', to)
  assert.equal(await faultOf(hop(hop(hop(hop('/end')))), way), 'redirects')

  const seen: string[] = []
  const mayVisit = async ({ hostname, pathname }: URL) => seen.push(hostname + pathname) > 0
  const found = await openWayOut(way).fetchOut(hop(hop('/end#part')), { ...pages, mayVisit })
  assert.equal(found.url, `http://a.example:${port}/end`)
  assert.deepEqual(seen, ['a.example/', 'a.example/', 'a.example/end'])
  assert.deepEqual([found.type, found.charset], ['text/html', 'utf-8'])
  const sent = JSON.parse(String(found.bytes)) as Record<string, string>
  assert.match(sent['user-agent'] ?? '', /Stoa .*\+https:\/\/porch\.example/)
  assert.deepEqual([sent.cookie, sent.referer, sent.authorization], [undefined, undefined, undefined])
  assert.equal(await faultOf(hop('/end'), way, { mayVisit: async url => url.search !== '' }), 'unwanted')
})

test('An answer that is huge, slow, broken or of another kind is let go of', async t => {
  const html = { 'content-type': 'text/html' }
  const bomb = gzipSync(Buffer.alloc(30_000_000))
  const answers: Record<string, RequestListener> = {
    '/fine': (_req, res) =>
      void res.writeHead(200, { ...html, 'content-encoding': 'br' }).end(brotliCompressSync('Hi')),
    '/huge': (_req, res) => void res.writeHead(200, { ...html, 'content-length': 3_000_000 }).write('x'),
    '/endless': (_req, res) => {
      const more = () => void (res.destroyed || res.write(Buffer.alloc(65_536), more))
      more()
    },
    '/bomb': (_req, res) => void res.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(bomb),
    '/twice': (_req, res) => void res.writeHead(200, { ...html, 'content-encoding': 'gzip, gzip' }).end(bomb),
    '/garbled': (_req, res) => void res.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end('not packed'),
    '/cut': (_req, res) => void res.writeHead(200, { ...html, 'content-length': 10 }).end('12345', () => res.destroy()),
    '/silent': () => {},
    '/dripping': (_req, res) => void res.writeHead(200, html).write('x'),
    '/zip': (_req, res) => void res.writeHead(200, { 'content-type': 'application/zip' }).end('PK'),
    '/untold': (_req, res) => void res.writeHead(200).end('Hi'),
    '/gone': (_req, res) => void res.writeHead(404, html).end('Hi'),
    '/part': (_req, res) => void res.writeHead(206, html).end('Hi'),
    '/heads': (_req, res) => void res.writeHead(200, { ...html, 'x-long': 'x'.repeat(20_000) }).end('Hi'),
  }
  const { port, except } = await elsewhere(t, (req, res) => {
    if (req.url === '/endless') res.writeHead(200, html)
    answers[req.url ?? '']?.(req, res)
  })
  const way = { except, resolve: async () => ['127.0.0.1'] }
  const ask = (path: string, wanted?: Partial<Wanted>, timeoutMs = 5000) =>
    faultOf(`http://a.example:${port}${path}`, { ...way, timeoutMs }, wanted)
  const found = await Promise.all(
    [
      '/fine',
      '/huge',
      '/endless',
      '/bomb',
      '/twice',
      '/garbled',
      '/zip',
      '/untold',
      '/gone',
      '/part',
      '/heads',
      '/cut',
    ].map(async path => [path, await ask(path)]),
  )
  assert.deepEqual(Object.fromEntries(found), {
    '/fine': 'fetched 2 bytes',
    '/huge': 'size',
    '/endless': 'size',
    '/bomb': 'size',
    '/twice': 'type',
    '/garbled': 'connection',
    '/zip': 'type',
    '/untold': 'type',
    '/gone': 'status 404',
    '/part': 'status 206',
    '/heads': 'connection',
    '/cut': 'connection',
  })
  const beginning = { beyond: 'cut', maxBytes: 1000 } as const
  for (const path of ['/endless', '/bomb']) assert.equal(await ask(path, beginning), 'fetched 1000 bytes')
  for (const path of ['/silent', '/dripping']) assert.equal(await ask(path, {}, 100), 'time')
  const deaf = { resolve: () => new Promise<string[]>(() => {}), timeoutMs: 100 }
  const holding = setInterval(() => {}, 1000)
  t.after(() => clearInterval(holding))
  assert.equal(await faultOf('http://a.example/', deaf), 'time')
})
