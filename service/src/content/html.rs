//! Rendering of a note's Markdown to HTML that is safe to embed in a page (ADR 0021).
//!
//! There are two independent layers: raw HTML in the Markdown is escaped before rendering, and the result passes an allowlist of the few elements,
//! attributes and URL schemes that notes need.

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Maximum nesting of elements. Of deeper ones, only the text is rendered. HTML parsers search all open elements for many tags, so a note of nothing but `>`
/// could take minutes.
const DEEPEST: usize = 50;

/// All elements that the output may contain.
const ELEMENTS: [&str; 26] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        // Every input becomes a checkbox.
        .set_tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([("type", "checkbox")]),
        )]))
        .tag_attribute_values(HashMap::from([(
            "input",
            HashMap::from([
                ("disabled", HashSet::from([""])),
                ("checked", HashSet::from([""])),
            ]),
        )]))
        .url_schemes(["http", "https", "mailto"].into())
        // A relative path would resolve to this service, or to the site that embeds the note.
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Renders Markdown to HTML. Raw HTML becomes text, images become links, and only the schemes `http`, `https` and `mailto` remain.
pub fn render_html(markdown: &str) -> String {
    let events = Plain {
        events: Parser::new_ext(markdown, super::markdown_options()).peekable(),
        depth: 0,
        links: 0,
    };
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events);
    CLEANER.clean(&html).to_string()
}

/// Filters events of the parser: no raw HTML, no images, and no nesting beyond [`DEEPEST`].
struct Plain<'a, I: Iterator<Item = Event<'a>>> {
    events: Peekable<I>,
    depth: usize,
    links: usize,
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Plain<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let event = match self.events.next()? {
                Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
                Event::Start(tag) => self.filter_start(tag),
                Event::End(tag) => self.filter_end(tag),
                event => Some(event),
            };
            if event.is_some() {
                return event;
            }
        }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Plain<'a, I> {
    fn filter_start(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        self.depth += 1;
        let tag = match tag {
            Tag::HtmlBlock => Tag::Paragraph,
            // Loading an image would reveal to its host who reads the note, and when.
            Tag::Image { dest_url, .. }
                if matches!(self.events.peek(), Some(Event::End(TagEnd::Image))) =>
            {
                self.events.next();
                self.depth -= 1;
                return Some(Event::Text(dest_url));
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            },
            tag => tag,
        };
        if matches!(tag, Tag::Link { .. }) {
            self.links += 1;
            // Images in links and links in images are valid Markdown, but links in links are not valid HTML.
            if self.links > 1 {
                return None;
            }
        }
        (self.depth <= DEEPEST).then_some(Event::Start(tag))
    }

    fn filter_end(&mut self, tag: TagEnd) -> Option<Event<'a>> {
        self.depth -= 1;
        let tag = match tag {
            TagEnd::HtmlBlock => TagEnd::Paragraph,
            TagEnd::Image => TagEnd::Link,
            tag => tag,
        };
        if tag == TagEnd::Link {
            self.links -= 1;
            if self.links > 0 {
                return None;
            }
        }
        (self.depth < DEEPEST).then_some(Event::End(tag))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn renders_markdown_as_html() {
        for (markdown, html) in [
            ("", ""),
            (
                "*a* **b** ~~c~~ `d`",
                "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n",
            ),
            (
                "# One\n\ntwo\\\nthree",
                "<h1>One</h1>\n<p>two<br>\nthree</p>\n",
            ),
            (
                "> said\n\n---\n\n    code",
                "<blockquote>\n<p>said</p>\n</blockquote>\n<hr>\n<pre><code>code</code></pre>\n",
            ),
            (
                "```rust\nfn x() {}\n```",
                "<pre><code>fn x() {}\n</code></pre>\n",
            ),
            (
                "- [ ] tea\n- [x] milk\n",
                "<ul>\n<li><input disabled=\"\" type=\"checkbox\">\ntea</li>\n<li><input disabled=\"\" checked=\"\" type=\"checkbox\">\nmilk</li>\n</ul>\n",
            ),
            (
                "3. three\n4. four",
                "<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n",
            ),
            (
                "|a|\n|-|\n|b|",
                "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>\n",
            ),
            (
                "[a](https://example.com \"t\") <me@example.com>",
                "<p><a href=\"https://example.com\" title=\"t\" rel=\"noopener noreferrer nofollow\">a</a> \
                 <a href=\"mailto:me@example.com\" rel=\"noopener noreferrer nofollow\">me@example.com</a></p>\n",
            ),
            // Text beyond the limit is still readable.
            ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
            (
                "<div>\nblock\n</div>",
                "<p>&lt;div&gt;\nblock\n&lt;/div&gt;</p>\n",
            ),
            (
                "![a cat](https://example.com/cat.png)",
                "<p><a href=\"https://example.com/cat.png\" rel=\"noopener noreferrer nofollow\">a cat</a></p>\n",
            ),
            (
                "![](https://example.com/cat.png)",
                "<p>https://example.com/cat.png</p>\n",
            ),
            (
                "[![a cat](https://example.com/cat.png)](https://example.com)",
                "<p><a href=\"https://example.com\" rel=\"noopener noreferrer nofollow\">a cat</a></p>\n",
            ),
        ] {
            assert_eq!(render_html(markdown), html, "{markdown}");
        }
    }

    /// Runs a collection of known attacks, in various Markdown contexts.
    #[test]
    fn drops_active_content() {
        let attacks = [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"x` `<script>alert(1)</script>\"` `>",
            "<svg onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<style>*{background:url(javascript:alert(1))}</style>",
            "<p style=\"background:url(//evil.example)\">x</p>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
            "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
            "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
            "<base href=//evil.example>",
            "<details open ontoggle=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<template><script>alert(1)</script></template>",
            "<!--><img src=x onerror=alert(1)>-->",
            "<![CDATA[><img src=x onerror=alert(1)>]]>",
            "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
            "</p></li></ul><script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](<java&#10;script:alert(1)>)",
            "[x](&#106;avascript:alert(1))",
            "[x](&#x6A&#x61;vascript:alert(1))",
            "[x](\u{1}javascript:alert(1))",
            "[x](vbscript:msgbox(1))",
            "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[x](blob:https://example.com/1)",
            "[x](//evil.example)",
            "[x](/api/notes)",
            "[x](#top)",
            "[x](https://example.com \"\\\" onmouseover=alert(1) \\\"\")",
            "[x](https://example.com/\"onmouseover=alert(1)//)",
            "[x]: javascript:alert(1)\n\n[x]",
            "<javascript:alert(1)>",
            "![x](javascript:alert(1))",
            "![x\" onerror=alert(1) \"](https://example.com)",
            "![<script>alert(1)</script>](x)",
            "[![x](javascript:alert(1))](javascript:alert(1))",
            "[a ![b [c](javascript:alert(1)) d](javascript:alert(1)) e](javascript:alert(1))",
            "```\"><script>alert(1)</script>\nx\n```",
            "```js\" onmouseover=\"alert(1)\nx\n```",
            "`<script>alert(1)</script>`",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "| <script>alert(1)</script> |\n|:-:|\n| <img src=x onerror=alert(1)> |",
            "# <svg/onload=alert(1)>",
            "- [ ] <input type=image src=x onerror=alert(1)>",
            "\u{feff}<script>alert(1)</script>\u{2028}",
        ];
        for attack in attacks {
            for around in [
                "{}",
                "> {}",
                "- {}",
                "- [ ] {}",
                "# {}",
                "**{}**",
                "a\n{}",
                "[{}](https://example.com)",
                "<div>{}",
                "`{}",
            ] {
                let markdown = around.replace("{}", attack);
                assert_harmless(&render_html(&markdown), &markdown);
            }
        }
    }

    /// Checks HTML without using the code under test: every tag is in the list, with attributes and values of the list.
    fn assert_harmless(html: &str, markdown: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let end = rest[at..].find('>').map(|end| at + end).unwrap();
            let tag = rest[at + 1..end].trim_start_matches('/');
            rest = &rest[end + 1..];
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            assert!(ELEMENTS.contains(&name), "<{tag}> of {markdown}");
            let mut values = attributes.split('"');
            while let Some(attribute) = values.next().map(str::trim).filter(|name| !name.is_empty())
            {
                let value = values.next().unwrap();
                let allowed = match (name, attribute) {
                    ("a", "href=") => ["https://", "http://", "mailto:"]
                        .iter()
                        .any(|scheme| value.starts_with(scheme)),
                    ("a", "title=") => true,
                    ("a", "rel=") => value == "noopener noreferrer nofollow",
                    ("ol", "start=") => value.parse::<u64>().is_ok(),
                    ("input", "type=") => value == "checkbox",
                    ("input", "disabled=" | "checked=") => value.is_empty(),
                    _ => false,
                };
                assert!(allowed, "{attribute}{value} of {markdown}");
            }
        }
    }

    #[test]
    fn keeps_only_checkbox_inputs() {
        let html = render_html("- [x] a\n\n<input type=checkbox>\n");
        assert_eq!(html.matches("<input").count(), 1, "{html}");
    }

    /// Checks that input which is expensive for parsers renders in time.
    #[test]
    fn renders_long_notes_in_time() {
        let size = crate::domain::limits::CONTENT_BYTES / 4;
        let table = format!("|{}\n|{}\n", "a|".repeat(1000), "-|".repeat(1000));
        let mut notes = vec![format!("{table}{}", "|\n".repeat(10_000))];
        for piece in [
            ">",
            "> ",
            "*a ",
            "_a*",
            "[",
            "![",
            "[a](",
            "`",
            "<",
            "<a ",
            "<!--",
            "|a\n",
            "1) ",
            "~~a",
            "&amp;",
            "- [ ] a\n",
            "<b>",
            "a\n\n",
        ] {
            notes.push(piece.repeat(size / piece.len()));
        }
        for note in notes {
            let begin = Instant::now();
            let html = render_html(&note);
            let (took, what) = (begin.elapsed(), &note[..8]);
            assert_harmless(&html, what);
            assert!(html.len() < 10 * size, "{what:?}: {} bytes", html.len());
            // Without the depth limit, the first of them would take longer.
            assert!(took < Duration::from_secs(5), "{what:?}: {took:?}");
        }
    }
}
