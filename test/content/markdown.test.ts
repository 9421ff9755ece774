import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from './support/compose.ts'

const rel = 'rel="ugc nofollow noopener"'

/** What someone types, and what is stored. */
function typing(sentence: string, cases: Record<string, string>): void {
  test(sentence, async () => {
    for (const [typed, stored] of Object.entries(cases)) assert.equal(await html(typed), stored, typed)
  })
}

typing('A single line break stays one, and an empty line begins a paragraph', {
  'one\ntwo': '<p>one<br>two</p>',
  'one\n\n\ntwo': '<p>one</p><p>two</p>',
  'one\r\ntwo\r\n\r\nthree': '<p>one<br>two</p><p>three</p>',
})

typing('Someone who indents a line or writes HTML means just that', {
  '    not code\n\n\tnor this': '<p>not code</p><p>nor this</p>',
  'a <b>bold</b> &amp; &copy; <!-- x -->': '<p>a &lt;b&gt;bold&lt;/b&gt; &amp;amp; &amp;copy; &lt;!-- x --&gt;</p>',
  'Title\n=====\ntext\n---': '<p>Title<br>=====<br>text</p><hr>',
  '[word]: /url': '<p>[word]: /url</p>',
  '+\nme too\n\n-\n\n#': '<p>+</p><p>me too</p><p>-</p><p>#</p>',
})

typing('Emphasis of every kind', {
  '*it* _it_ **bold** ~~gone~~ ++under++ ||secret||':
    '<p><em>it</em> <em>it</em> <strong>bold</strong> <s>gone</s> <u>under</u> <span class="spoiler" tabindex="0">secret</span></p>',
  '**_both_**': '<p><strong><em>both</em></strong></p>',
  'C++ and D++, a||b, x || y, ~5, 5 * 3 * 2, snake_case_word':
    '<p>C++ and D++, a||b, x || y, ~5, 5 * 3 * 2, snake_case_word</p>',
  '`code **as** it [b]is[/b]`': '<p><code>code **as** it [b]is[/b]</code></p>',
})

typing('Headings stand below those of the page', {
  '# One\n## Two\n### Three\n###### Six': '<h3>One</h3><h3>Two</h3><h4>Three</h4><h4>Six</h4>',
  '#hashtag': '<p>#hashtag</p>',
})

typing('Lists, numbered and nested', {
  '- one\n- two\n  - three\n\n- four': '<ul><li>one</li><li>two<ul><li>three</li></ul></li><li>four</li></ul>',
  '7. seven\n8. eight': '<ol start="7"><li>seven</li><li>eight</li></ol>',
  '- one\n\n  more': '<ul><li><p>one</p><p>more</p></li></ul>',
})

typing('Tasks are open or done', {
  '- [ ] water\n- [x] repot': `<ul><li class="task"><label><input type="checkbox" disabled>water</label></li><li class="task"><label><input type="checkbox" disabled checked>repot</label></li></ul>`,
  '- \\[ ] none': '<ul><li>[ ] none</li></ul>',
})

typing('Code blocks keep every character and name their language', {
  '```Js\n  a < b\n\n\t[b]\n```':
    '<pre data-language="JavaScript"><code class="language-js">  a &lt; b\n\n\t[b]</code></pre>',
  '~~~ "><script>\nx\n~~~': '<pre><code>x</code></pre>',
})

typing('Tables and rules', {
  'a | b\n--|-:\n1 | x\\|y': `<table><thead><tr><th scope="col">a</th><th scope="col" class="align-right">b</th></tr></thead><tbody><tr><td>1</td><td class="align-right">x|y</td></tr></tbody></table>`,
  'a\n\n***': '<p>a</p><hr>',
})

typing('A quote says whose it is only by a link to the post', {
  '> [Ann wrote:](/post/678)\n> hello\n\nYes':
    '<blockquote class="quote" data-post="678"><header><a href="/post/678">Ann wrote:</a></header><p>hello</p></blockquote><p>Yes</p>',
  '> [Ann wrote:](https://home.example/post/678)\n>\n> hello':
    '<blockquote class="quote" data-post="678"><header><a href="/post/678">Ann wrote:</a></header><p>hello</p></blockquote>',
  '> [Ann wrote:](https://elsewhere.example/post/678)\n> hello': `<blockquote class="quote"><p><a href="https://elsewhere.example/post/678" ${rel}>Ann wrote:</a><br>hello</p></blockquote>`,
  '> plain': '<blockquote class="quote"><p>plain</p></blockquote>',
})

typing('A member is mentioned by number', {
  'Hi @[Ann \\[x\\] B](/profile/7)!': '<p>Hi <a class="mention" href="/profile/7">@Ann [x] B</a>!</p>',
  '@[Ann](/profile/7-ann/)': '<p><a class="mention" href="/profile/7">@Ann</a></p>',
  'me@[x](/post/7)': '<p>me@<a href="/post/7">x</a></p>',
})

typing('A bare address becomes a link, and one that has a line to itself may embed', {
  'see https://a.example/b_c_d.': `<p>see <a href="https://a.example/b_c_d" ${rel}>https://a.example/b_c_d</a>.</p>`,
  'www.a.example/x': `<p><a class="embed" href="https://www.a.example/x" ${rel}>www.a.example/x</a></p>`,
  'look\nhttps://a.example/\nnice': `<p>look</p><p><a class="embed" href="https://a.example/" ${rel}>https://a.example/</a></p><p>nice</p>`,
  '<https://a.example/>': `<p><a href="https://a.example/" ${rel}>https://a.example/</a></p>`,
  '- https://a.example/': `<ul><li><a href="https://a.example/" ${rel}>https://a.example/</a></li></ul>`,
  '> https://a.example/': `<blockquote class="quote"><p><a href="https://a.example/" ${rel}>https://a.example/</a></p></blockquote>`,
  '**https://a.example/x**': `<p><strong><a href="https://a.example/x" ${rel}>https://a.example/x</a></strong></p>`,
  'example.com stays text, `https://a.example` too':
    '<p>example.com stays text, <code>https://a.example</code> too</p>',
})

typing('Links to our own site are followed, others are not vouched for', {
  '[a](/topic/5-x/) [b](https://home.example/topic/5/)':
    '<p><a href="/topic/5-x/">a</a> <a href="https://home.example/topic/5/">b</a></p>',
  '[a](https://a.example "title") [b](a.example/x)': `<p><a href="https://a.example/" ${rel}>a</a> <a href="https://a.example/x" ${rel}>b</a></p>`,
  '[mail](mailto:ann@a.example)': `<p><a href="mailto:ann@a.example" ${rel}>mail</a></p>`,
})

typing('Pictures come from the web only', {
  '![a "cat"](https://a.example/c.png)':
    '<p><a class="remote" href="https://a.example/c.png" rel="ugc nofollow noopener">a &quot;cat&quot;</a></p>',
  'x ![cat](/etc/c.png)': '<p>x cat</p>',
})

typing('A spoiler over several paragraphs opens without script', {
  '||\none\n\n- two\n||\nafter':
    '<details class="spoiler"><summary>Spoiler</summary><p>one</p><ul><li>two</li></ul></details><p>after</p>',
  '|||\n||\ninner\n||\n|||':
    '<details class="spoiler"><summary>Spoiler</summary><details class="spoiler"><summary>Spoiler</summary><p>inner</p></details></details>',
  '||\nnever closed': '<p>||<br>never closed</p>',
})
