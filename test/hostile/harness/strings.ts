import { existsSync, readFileSync } from 'node:fs'

/** What each of them would call if it ran. */
export const alarm = 'zqx'

/** Markup that does something wherever it is taken for markup. */
export const hostile: readonly string[] = [
  `<script>${alarm}()</script>`,
  `"><img src=x onerror=${alarm}()>`,
  `'><svg/onload=${alarm}()>`,
  `</textarea></title></script><script>${alarm}()</script>`,
  `javascript:${alarm}()`,
  `[a](javascript:${alarm}()) ![b](x"onerror="${alarm}())`,
  `<a href="&#106;ava&#10;script:${alarm}()">x</a><form action=javascript:${alarm}()><button formaction=javascript:${alarm}()>`,
  `<math><mtext><a xlink:href=javascript:${alarm}()>m</a><style><img src=x onerror=${alarm}()></style></math>`,
  `<style>*{background:url(x)}</style><p style="color:red" onclick=${alarm}()>p`,
  `<b><i></b></i><table><td><template><iframe srcdoc="<script>${alarm}()</script>">`,
  `<svg><animate onbegin=${alarm}() attributeName=x dur=1s><a><rect/></a><set attributeName=href to=javascript:${alarm}()>`,
  `<meta http-equiv=refresh content="0;url=javascript:${alarm}()"><base href=//evil.example/><object data=x><embed src=x>`,
  `<noscript><p title="</noscript><img src=x onerror=${alarm}()>">`,
  `<picture><source srcset="data:image/svg+xml,<svg onload=${alarm}()>"><img srcset="x 1x" src=x onerror=${alarm}()></picture>`,
  `<a href="data:text/html,<script>${alarm}()</script>">d</a><a href="blob:https://forum.example/x">b</a><a href=vbscript:${alarm}()>v</a>`,
  `<pre><code class="language-js&quot; onclick=${alarm}()"><img src=x onerror=${alarm}()></code></pre><input autofocus onfocus=${alarm}()>`,
  `\u202e<\u2066img src=x \u200bonerror=${alarm}()><video><source onerror=${alarm}()></video><details open ontoggle=${alarm}()>`,
  `<%= ${alarm}() %>{{constructor.constructor('${alarm}()')()}}\${${alarm}()}`,
]

const samples = '../shared/samples/naughty-strings.json'

/** Strings that programs stumble over, for where the long list is not. */
const few: readonly string[] = [
  ...[
    'undefined',
    'null',
    'NaN',
    '-1',
    '1e1000',
    '0x0',
    '1/0',
    'true',
    '[object Object]',
    '\\',
    '%00',
    '%s%n',
    "' or 1=1 --",
  ],
  ...[
    '\u0001\u0008\u007f',
    '\u200b\u200e\u202e',
    '\ufeff',
    '\u2028\u2029',
    '\uffff',
    'Ω≈ç√∫˜µ≤≥÷',
    '田中さん',
    'ثم نفس',
  ],
  ...['Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮', '👩‍👩‍👧‍👦🏳️‍🌈', 'ﷺ', 'İıſß', '﷽', '../../etc/passwd', 'CON', '$(touch /tmp/x)', '`x`', '__proto__'],
  ...[
    'constructor',
    '{"a":1}',
    '<?xml version="1.0"?>',
    '0'.repeat(400),
    '(((((((a+)+)+)+)+)+)+)!',
    '\r\nSet-Cookie: a=b',
    '==',
    '&amp;&lt;',
  ],
]

/** A sample of the long list unless everything is asked for; our own few where it is missing. */
export function naughty(all: boolean): readonly string[] {
  if (!existsSync(samples)) return few
  const strings = JSON.parse(readFileSync(samples, 'utf8')) as string[]
  return all ? strings : strings.filter((_, n) => n % 16 === 0)
}
