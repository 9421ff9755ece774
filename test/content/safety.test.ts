import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toMarkdown } from '../../src/content/index.ts'
import { Invalid } from '../../src/platform/errors.ts'
import { html, options, pasted } from './support/compose.ts'
import * as documents from './support/documents.ts'
import { assertHarmless } from './support/harmless.ts'
import { runs } from './support/runs.ts'

/** Ways in that have worked somewhere, as HTML. */
const attacks = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://a.example/x" onerror="alert(1)" style="x" srcset="javascript:alert(1) 2x">',
  '<img src="javascript:alert(1)"><img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="//evil.example/x">',
  '<svg onload=alert(1)><p>x</svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate attributeName=href values="javascript:alert(1)">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe><embed src=x><object data="javascript:alert(1)">',
  '<template><img src=x onerror=alert(1)></template>',
  '<select><option><style></option></select><img src=x onerror=alert(1)></style>',
  '<plaintext><img src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml <img src=x onerror=alert(1)> ?>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#14; java&#x09;script&colon;alert(1)">x</a>',
  '<a href="JaVaScRiPt&#58;alert(1)">x</a>',
  '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>',
  '<a href="vbscript:x">x</a><a href="data:text/html,<script>alert(1)</script>">x</a><a href="blob:https://a/x">x</a>',
  '<a href="//evil.example">x</a><a href="/\\evil.example">x</a><a href="\\\\evil.example">x</a><a href="/.//evil.example">x</a>',
  '<a href="https:evil.example">x</a><a href="http:/evil.example">x</a><a href="https://bank.example@evil.example/">x</a>',
  '<a href="https://a.example/&quot; onclick=&quot;alert(1)">x</a>',
  '<a href="mailto:a@b.example?body=x&quot; onclick=alert(1)">x</a>',
  '<a href="#x" id="post-1" name="x" class="button danger" target="_top" ping="https://evil.example" download>x</a>',
  '<p id="content" class="notice" style="position:fixed" data-post="5" tabindex="1" contenteditable hidden>x</p>',
  '<blockquote class="quote admin" data-post="1" cite="javascript:alert(1)">x</blockquote>',
  '<code class="language-js evil language-&quot;&gt;&lt;script&gt;">x</code><pre><code class="language-x y">z</code></pre>',
  '<span class="spoiler evil" onmouseover="alert(1)">x</span><div class="spoiler">x</div>',
  '<input type="text" name="password"><input type="image" src="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button>',
  '<form action="https://evil.example"><input type=checkbox onclick=alert(1) autofocus onfocus=alert(1)>x</form>',
  '<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary>y</details>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=javascript:alert(1)"><link rel=stylesheet href=x>',
  '<p>x<table><tr><td><script>alert(1)</script></table><td onclick=alert(1)>y',
  '<b/onclick=alert(1)//>x</b><a/href="javascript:alert(1)">x</a>',
  '<p title="`onmouseover=alert(1)`">x</p><img src=`javascript:alert(1)`>',
  '<a class="mention" href="javascript:alert(1)">@x</a><a class="mention" href="/profile/7" onclick="x">@<img src=x onerror=y></a>',
  '<a class="embed" href="javascript:alert(1)">javascript:alert(1)</a>',
  '<ol start="1 onclick=alert(1)"><li value=3 onclick=x>y</ol>',
  '\u0000<\u0000script>alert(1)</script><p>x\ud800y\ufdd0z\uffff</p>',
  '<p>&lt;img src=x onerror=alert(1)&gt; &amp;lt;script&amp;gt;</p>',
  '<picture><source srcset="data:image/svg+xml,<svg onload=alert(1)>"><img srcset="x 1x, javascript:alert(1) 2x" sizes=1 src=x></picture>',
  '<video src=x poster="javascript:alert(1)" onerror=alert(1)><track src=x></video><audio onloadstart=alert(1)><source src=x></audio>',
  '<my-element onclick=alert(1) is="x" slot="y"><slot name="z">x</slot></my-element><image src=x onerror=alert(1)><isindex action=javascript:alert(1)>',
  '<pre data-language="&quot; onclick=alert(1)"><code class="language-js"><span class="code-word" onclick=alert(1)>let</span> <img src=x onerror=alert(1)></code></pre>',
  '<p style="background:url(javascript:alert(1))" background="javascript:alert(1)">x</p><font face="x" color="red">y</font><marquee onstart=alert(1)>z</marquee>',
  '<svg><foreignObject><p>x</p><script>alert(1)</script></foreignObject><use href="data:image/svg+xml,x#y"></svg><math href="javascript:alert(1)"><mi xlink:href="data:x,y">z</mi></math>',
  '<p\u202e onclick=alert(1)>x</p><a\u200bhref="javascript:alert(1)">x</a><\u{E0041}script>alert(1)</script>',
]

/** The same in Markdown and BBCode. */
const typedAttacks = [
  '[x](javascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '![x](javascript:alert(1)) ![x](data:image/svg+xml,x) ![x" onerror="alert(1)](https://a.example/"onerror="alert(1))',
  '[x](//evil.example) [x](/\\evil.example) [x](https://a.example/"onclick="alert(1))',
  '<javascript:alert(1)> <data:text/html,x> <vbscript:x>',
  '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>',
  '[url=javascript:alert(1)]x[/url] [url]javascript:alert(1)[/url] [img]javascript:alert(1)[/img]',
  '[url="https://a.example/" onclick="alert(1)"]x[/url] [img]https://a.example/" onerror="alert(1)[/img]',
  '[quote="<script>alert(1)</script>"]x[/quote]\n[code="><script>]x[/code]',
  '```"><script>alert(1)</script>\nx\n```',
  '@[<img src=x onerror=alert(1)>](/profile/7) @[x](/profile/7"onclick="x)',
  '> [<b>Ann</b> wrote:](/post/5"onclick="x)\n> x\n\n> ["><script> wrote:](/post/5)\n> y',
  '| <script> | b |\n|---|:-:|\n| "onclick=" | c |',
]

test('Nothing that acts survives pasting', async () => {
  for (const attack of attacks) {
    for (const body of [`x${attack}`, `<p>x</p>${attack}`, `<ul><li>x${attack}`, `<b><i>x${attack}</b>`]) {
      assertHarmless(await pasted(body), body)
    }
  }
})

test('Nothing that acts survives typing', async () => {
  for (const attack of [...typedAttacks, ...attacks]) {
    for (const body of [`x ${attack}`, `x\n\n${attack}`, `> x ${attack}`, `- x ${attack}`, `||\nx ${attack}\n||`]) {
      assertHarmless(await html(body), body)
    }
  }
})

test('A browser reads every text as exactly the elements that we wrote', async () => {
  const check = (format: 'markdown' | 'html') => async (body: string) => {
    try {
      const stored = format === 'html' ? await pasted(body) : await html(body)
      assertHarmless(stored, body)
      assertHarmless(await html(await toMarkdown(stored)), body)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
    }
  }
  await fc.assert(fc.asyncProperty(documents.html, check('html')), runs(100))
  await fc.assert(fc.asyncProperty(documents.markdown, check('markdown')), runs(100))
})

test('Classes, ids and data of a visitor never arrive, only our own', async () => {
  const stored = await pasted(
    '<p id="a" class="notice embed" data-x="1"><span class="spoiler danger">x</span><a class="embed mention button" href="/profile/7" id="b">@Ann</a></p>',
  )
  assert.equal(
    stored,
    '<p><span class="spoiler" tabindex="0">x</span><a class="mention" href="/profile/7">@Ann</a></p>',
  )
})

test('What a database or a feed could not hold is taken out', async () => {
  const stored = await html('a\u0000b\u0007c\ud800d\ufeffe\ufffff\u0085g\u202eh', options)
  assert.equal(stored, '<p>abcdef<br>gh</p>')
  assert.equal(await pasted('<p>a&#0;b&#1;c&#xD800;d</p>'), '<p>a\ufffdbc\ufffdd</p>')
})
