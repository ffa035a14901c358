//! Conversion of HTML from other programs to Markdown.
//!
//! An HTML parser repairs any input. Crafted input can make the result grow quadratically, or nest until a recursive walk overflows the stack.
//! Therefore the tags are rewritten first: only those with an equivalent in Markdown remain, each is closed properly, and nesting is limited.

use std::borrow::Cow;
use std::cell::RefCell;

use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::file::split_heading;
use crate::domain::portable::PortableNote;
use crate::error::Error;

/// Maximum nesting of elements.
const DEEPEST: usize = 40;
/// Maximum number of addresses of local files to keep, and maximum length of one in bytes.
const MOST_BESIDE: usize = 100;
const BESIDE_BYTES: usize = 1024;
/// Maximum number of `meta` elements to keep.
const MOST_META: usize = 50;

/// An HTML page, converted to Markdown, with the facts in its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlPage {
    /// Content of its `title` element, with white space collapsed; empty without one.
    pub title: String,
    /// Text of the page in Markdown, in the dialect of notes.
    pub markdown: String,
    /// Names in lower case and contents of its `meta` elements, at most 50.
    pub meta: Vec<(String, String)>,
    /// Addresses of pictures and links without a web scheme, which may refer to files next to the page.
    pub local_addresses: Vec<String>,
}

impl HtmlPage {
    /// Creates a note from the page. Its title is the title of the page without the suffix `ending`, or a heading at the beginning.
    pub fn into_note(self, ending: &str) -> PortableNote {
        let title = self.title.strip_suffix(ending).unwrap_or(&self.title);
        match split_heading(&self.markdown) {
            Some((found, rest)) if title.is_empty() || title == found => {
                PortableNote::with_text(found.to_owned(), rest.to_owned())
            }
            _ => PortableNote::with_text(title.to_owned(), self.markdown),
        }
    }
}

/// Converts a page to a note.
///
/// # Errors
///
/// `internal` if the converter fails.
pub fn convert_to_note(html: &str) -> Result<PortableNote, Error> {
    Ok(parse_page(html)?.into_note(""))
}

/// Converts a page to Markdown, with its title and the properties in its head.
///
/// # Errors
///
/// `internal` if the converter fails.
pub fn parse_page(html: &str) -> Result<HtmlPage, Error> {
    let writer = Rewriter::default();
    let tokenizer = Tokenizer::new(writer, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Page {
        html,
        title,
        meta,
        local_addresses: beside,
        ..
    } = tokenizer.sink.0.into_inner();
    let converter = HtmlToMarkdown::builder()
        .options(Options {
            bullet_list_marker: BulletListMarker::Dash,
            hr_style: HrStyle::Dashes,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .add_handler(
            vec!["input"],
            |_: &dyn htmd::element_handler::Handlers, element: Element<'_>| {
                let checked = element
                    .attrs
                    .iter()
                    .any(|attribute| &*attribute.name.local == "checked");
                Some(if checked { "[x] " } else { "[ ] " }.into())
            },
        )
        .add_handler(
            vec!["del"],
            |handlers: &dyn htmd::element_handler::Handlers, element: Element<'_>| {
                let text = handlers.walk_children(element.node).content;
                let text = text.trim();
                Some(
                    if text.is_empty() {
                        String::new()
                    } else {
                        format!("~~{text}~~")
                    }
                    .into(),
                )
            },
        )
        .build();
    let markdown = converter.convert(&html).map_err(Error::internal)?;
    Ok(HtmlPage {
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        markdown: with_boxes(markdown),
        meta,
        local_addresses: beside,
    })
}

/// Placeholders for checkboxes outside of lists during the conversion. Text cannot contain them, because these private-use characters are removed
/// from it.
const BOXES: [char; 2] = ['\u{f8f0}', '\u{f8f1}'];

/// Converts paragraphs that start with a checkbox, as Evernote writes them, to list items.
fn with_boxes(markdown: String) -> String {
    if !markdown.contains(BOXES) {
        return markdown;
    }
    let mut text = String::with_capacity(markdown.len());
    let mut was_box = false;
    for block in markdown.split("\n\n") {
        let is_box = block.starts_with(BOXES);
        if !text.is_empty() {
            text.push_str(if is_box && was_box { "\n" } else { "\n\n" });
        }
        for (number, line) in block.lines().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            let mark = match line.chars().next() {
                Some(char) if char == BOXES[0] => "- [ ] ",
                Some(char) if char == BOXES[1] => "- [x] ",
                _ => "",
            };
            text.push_str(mark);
            text.push_str(
                line.replace(BOXES, "")
                    .trim_start_matches(if mark.is_empty() { '\0' } else { ' ' }),
            );
        }
        was_box = is_box;
    }
    text
}

/// Receives the tokens of a page and rewrites its tags.
#[derive(Default)]
struct Rewriter(RefCell<Page>);

/// The state of the rewritten page.
#[derive(Default)]
struct Page {
    html: String,
    title: String,
    meta: Vec<(String, String)>,
    local_addresses: Vec<String>,
    /// Open elements, outermost first.
    open: Vec<&'static str>,
    /// The element whose content the tokenizer treats as text.
    raw: Option<Raw>,
    /// State of the current list item.
    entry: ItemState,
}

/// Elements whose content is not HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Title,
    Other,
}

/// The state of a list item in progress.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum ItemState {
    #[default]
    Text,
    Begun,
    /// The item has a checkbox already, so that another one is ignored.
    HasCheckbox,
}

impl TokenSink for Rewriter {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.push_text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return page.start_tag(&tag),
            Token::TagToken(tag) => page.end_tag(&tag.name),
            Token::EOFToken => page.close_to(0),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Returns the element of the output for an HTML element; `None` for one without an equivalent in Markdown.
fn map_element(name: &str) -> Option<&'static str> {
    Some(match name {
        "b" | "strong" => "strong",
        "i" | "em" | "cite" | "dfn" => "em",
        "s" | "strike" | "del" => "del",
        "code" | "kbd" | "samp" | "tt" => "code",
        "a" => "a",
        "h1" => "h1",
        "h2" => "h2",
        "h3" => "h3",
        "h4" => "h4",
        "h5" => "h5",
        "h6" => "h6",
        "ul" | "menu" | "dir" => "ul",
        "ol" => "ol",
        "li" => "li",
        "blockquote" => "blockquote",
        "pre" => "pre",
        "table" => "table",
        "thead" => "thead",
        "tbody" => "tbody",
        "tr" => "tr",
        "td" => "td",
        "th" => "th",
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav"
        | "figure" | "figcaption" | "address" | "dl" | "dt" | "dd" | "form" | "fieldset"
        | "details" | "summary" | "center" | "caption" => "p",
        _ => return None,
    })
}

fn is_inline(name: &str) -> bool {
    matches!(name, "strong" | "em" | "del" | "code" | "a")
}

/// Returns true for an element that the end of an inline element or a paragraph does not close.
fn is_container(name: &str) -> bool {
    matches!(
        name,
        "li" | "td" | "th" | "blockquote" | "ul" | "ol" | "table" | "tr" | "thead" | "tbody"
    )
}

impl Page {
    fn push_text(&mut self, text: &str) {
        match self.raw {
            Some(Raw::Title) => self.title.push_str(text),
            Some(Raw::Other) => {}
            None => {
                if !text.trim().is_empty() {
                    self.entry = ItemState::Text;
                }
                self.html.push_str(&escape_html(&text.replace(BOXES, "")));
            }
        }
    }

    /// Keeps the name and content of a `meta` element.
    fn keep_meta(&mut self, tag: &Tag) {
        if self.meta.len() < MOST_META
            && let Some((name, content)) =
                find_attribute(tag, "name").zip(find_attribute(tag, "content"))
        {
            self.meta
                .push((name.to_ascii_lowercase(), content.to_owned()));
        }
    }

    fn start_tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        match name {
            "title" => {
                self.raw = Some(Raw::Title);
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "textarea" => {
                self.raw = Some(Raw::Other);
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "script" => {
                self.raw = Some(Raw::Other);
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" | "iframe" | "noembed" | "noframes" | "noscript" | "xmp" => {
                self.raw = Some(Raw::Other);
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "br" => self.html.push_str("<br>"),
            "hr" => {
                self.close_text_block();
                self.html.push_str("<hr>");
            }
            "img" => self.push_image(tag),
            "meta" => self.keep_meta(tag),
            // A checkbox of Evernote.
            "en-todo" => {
                let checked = find_attribute(tag, "checked") == Some("true");
                if self.entry == ItemState::Begun {
                    self.push_checkbox(checked);
                } else {
                    self.html.push(BOXES[usize::from(checked)]);
                }
            }
            "input"
                if find_attribute(tag, "type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) =>
            {
                self.push_checkbox(find_attribute(tag, "checked").is_some());
            }
            _ => {
                if let Some(element) = map_element(name) {
                    self.open_element(element, tag);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn end_tag(&mut self, name: &str) {
        if self.raw.take().is_some() {
            return;
        }
        let Some(element) = map_element(name) else {
            return;
        };
        let found = if is_inline(element) || element == "p" {
            self.find_nearest(|open| open == element, is_container)
        } else {
            self.find_nearest(|open| open == element, |_| false)
        };
        if let Some(at) = found {
            self.close_to(at);
        }
    }

    /// Opens an element, after closing those that it ends.
    fn open_element(&mut self, element: &'static str, tag: &Tag) {
        match element {
            "li" => {
                self.close_text_block();
                if let Some(at) =
                    self.find_nearest(|open| open == "li", |open| open == "ul" || open == "ol")
                {
                    self.close_to(at);
                }
            }
            "tr" | "td" | "th" | "thead" | "tbody" => {
                if !self.open.contains(&"table") {
                    return;
                }
                let ends = |open: &str| match element {
                    "td" | "th" => open == "td" || open == "th",
                    "tr" => open == "tr",
                    _ => open == "thead" || open == "tbody",
                };
                if let Some(at) = self.find_nearest(ends, |open| open == "table") {
                    self.close_to(at);
                }
            }
            "table" if self.open.contains(&"table") => return,
            "a" => {
                if let Some(at) = self.find_nearest(|open| open == "a", |_| false) {
                    self.close_to(at);
                }
                match find_attribute(tag, "href") {
                    Some(address) if is_web(address) => {}
                    address => {
                        self.record_local_address(address);
                        return;
                    }
                }
            }
            "p" => {
                // A list item needs no paragraph, and a table cell can have none.
                let in_cell = self
                    .find_nearest(|open| open == "td" || open == "th", |_| false)
                    .is_some();
                self.close_text_block();
                if self.entry != ItemState::Text || in_cell {
                    return;
                }
            }
            _ if !is_inline(element) => self.close_text_block(),
            _ => {}
        }
        if self.open.len() >= DEEPEST || self.open.last() == Some(&"pre") && element != "code" {
            return;
        }
        self.html.push('<');
        self.html.push_str(element);
        match element {
            "a" => self.push_attribute("href", find_attribute(tag, "href").unwrap_or_default()),
            "code" => {
                let class = find_attribute(tag, "class").unwrap_or_default();
                let language = class
                    .split_whitespace()
                    .find(|class| class.starts_with("language-"));
                if let Some(language) = language {
                    self.push_attribute("class", language);
                }
            }
            "ol" => {
                if let Some(start) =
                    find_attribute(tag, "start").and_then(|start| start.parse::<u32>().ok())
                {
                    self.push_attribute("start", &start.to_string());
                }
            }
            _ => {}
        }
        self.html.push('>');
        self.open.push(element);
        if element == "li" {
            self.entry = ItemState::Begun;
            // The TipTap editor writes the state here, and an input element without one.
            if let Some(checked) = find_attribute(tag, "data-checked") {
                self.push_checkbox(checked == "true");
                self.entry = ItemState::HasCheckbox;
            }
            // Evernote writes the state into the style.
            let style = find_attribute(tag, "style")
                .unwrap_or_default()
                .replace(' ', "");
            if style.contains("--en-checked:") {
                self.push_checkbox(style.contains("--en-checked:true"));
                self.entry = ItemState::HasCheckbox;
            }
        } else if !is_inline(element) {
            self.entry = ItemState::Text;
        }
    }

    /// Closes an open paragraph or heading before a block.
    fn close_text_block(&mut self) {
        let is_text = |open: &str| open == "p" || open.len() == 2 && open.starts_with('h');
        if let Some(at) = self.find_nearest(is_text, is_container) {
            self.close_to(at);
        }
    }

    /// Returns the index of the innermost open element that matches `is`; `None` if one that matches `stop` is inside it.
    fn find_nearest(
        &self,
        is: impl Fn(&str) -> bool,
        stop: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if is(open) {
                return Some(at);
            }
            if stop(open) {
                return None;
            }
        }
        None
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(element) = self.open.pop() {
                self.html.push_str("</");
                self.html.push_str(element);
                self.html.push('>');
            }
            self.entry = ItemState::Text;
        }
    }

    fn push_attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.html.push_str(&escape_html(value));
        self.html.push('"');
    }

    fn push_image(&mut self, tag: &Tag) {
        let text = find_attribute(tag, "alt").unwrap_or_default();
        if let Some(src) = find_attribute(tag, "src").filter(|src| is_web(src)) {
            self.html.push_str("<img");
            self.push_attribute("src", src);
            self.push_attribute("alt", text);
            self.html.push('>');
        } else {
            self.record_local_address(find_attribute(tag, "src"));
            self.push_text(text);
        }
    }

    fn record_local_address(&mut self, address: Option<&str>) {
        if let Some(address) = address
            && self.local_addresses.len() < MOST_BESIDE
            && address.len() <= BESIDE_BYTES
        {
            self.local_addresses.push(address.to_owned());
        }
    }

    /// Writes a checkbox, if a list item has just begun.
    fn push_checkbox(&mut self, checked: bool) {
        if self.entry == ItemState::Begun {
            self.html.push_str("<input");
            if checked {
                self.push_attribute("checked", "");
            }
            self.html.push('>');
        }
    }
}

fn find_attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

/// Returns true for an address with the scheme `http`, `https` or `mailto`.
fn is_web(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

fn escape_html(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '<', '>', '"']) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        Cow::Owned(text.replace('>', "&gt;").replace('"', "&quot;"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::content::{checklist, html};

    fn to_markdown(html: &str) -> String {
        convert_to_note(html).unwrap().content
    }

    #[test]
    fn converts_html_to_markdown() {
        for (html, expected) in [
            ("", ""),
            ("text", "text"),
            (
                "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p><p>f</p>",
                "a **b** *c* ~~d~~ `e`\n\nf",
            ),
            ("<div>a</div><div>b<div>c</div></div>", "a\n\nb\n\nc"),
            ("<h2>a</h2>b<br>c<hr>d", "## a\n\nb  \nc\n\n- - -\n\nd"),
            (
                "<ul><li>a<li>b<ul><li>c</ul><li><p>d</p></ul>",
                "- a\n- b\n  - c\n- d",
            ),
            ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
            ("<blockquote><p>a<p>b</blockquote>", "> a\n> \n> b"),
            (
                "<pre><code class=\"language-rust\">fn x() {\n    1 &lt; 2\n}</code></pre>",
                "```rust\nfn x() {\n    1 < 2\n}\n```",
            ),
            (
                "<a href=\"https://example.com/?a=1&amp;b=2\">x</a>",
                "[x](https://example.com/?a=1&b=2)",
            ),
            (
                "<img src=https://example.com/cat.png alt=cat>",
                "![cat](https://example.com/cat.png)",
            ),
            (
                "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
                "| a | b |\n| - | - |\n| c | d |",
            ),
            (
                "1 * 2 &lt;b&gt; _x_ [ ] # a",
                "1 \\* 2 \\<b> \\_x\\_ \\[ \\] # a",
            ),
            (
                "<ul><li><input type=checkbox> a<li><input type=checkbox checked> b</ul>",
                "- [ ] a\n- [x] b",
            ),
            (
                "<ul data-type=\"taskList\"><li data-checked=\"true\" data-type=\"taskItem\"><label><input type=\"checkbox\" checked><span></span></label>\
                 <div><p>tea</p></div></li><li data-checked=\"false\"><label><input type=\"checkbox\"></label><div><p>milk</p></div></li></ul>",
                "- [x] tea\n- [ ] milk",
            ),
        ] {
            assert_eq!(to_markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn extracts_title_from_html() {
        for (html, title, content) in [
            (
                "<html><head><title> My\n page </title></head><body><p>a</body>",
                "My page",
                "a",
            ),
            ("<h1>Tea</h1><p>hot", "Tea", "hot"),
            ("<title>Tea</title><h1>Tea</h1><p>hot", "Tea", "hot"),
            ("<title>Tea</title><h1>Green</h1>", "Tea", "# Green"),
            ("<p>a", "", "a"),
        ] {
            let note = convert_to_note(html).unwrap();
            assert_eq!(
                (note.title.as_str(), note.content.as_str()),
                (title, content),
                "{html}"
            );
        }
    }

    #[test]
    fn drops_active_content() {
        for html in [
            "<script>alert(1)</script>",
            "<style>p { color: red }</style>",
            "<iframe src=x>alert(1)</iframe>",
            "<a href=\"javascript:alert(1)\"></a>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)></svg>",
            "<noscript>alert(1)</noscript>",
            "<textarea>alert(1)</textarea>",
            "<!-- alert(1) -->",
            "<input value=alert(1)>",
            "<script>alert(1)",
        ] {
            assert_eq!(to_markdown(html), "", "{html}");
        }
        assert_eq!(to_markdown("<a href=\" javascript:alert(1)\">a</a>"), "a");
        let text = to_markdown("&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(
            html::render_html(&text),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
    }

    /// Checks that HTML from notes converts to Markdown with the same HTML.
    #[test]
    fn round_trips_rendered_notes() {
        for note in [
            "- [ ] a\n- [x] **b**\n  - [x] c",
            "# no title\n\n> a\n\n1. b\n2. c",
            "a *b* `c` ~~d~~\n\n---\n\ne",
        ] {
            let there = html::render_html(note);
            let back = to_markdown(&there);
            assert_eq!(
                checklist::count_progress(&back),
                checklist::count_progress(note),
                "{back}"
            );
            assert_eq!(
                html::render_html(&back).replace('\n', ""),
                there.replace('\n', "").replace("<h1>no title</h1>", ""),
                "{back}"
            );
        }
    }

    #[test]
    fn bounds_time_and_nesting() {
        let size = 64 * 1024;
        for piece in [
            "<div>",
            "<blockquote>",
            "<ul><li>",
            "<b>",
            "<p><b>",
            "<b id=1><object></b></object>",
            "<a href=https://a>",
            "<table><tr><td>",
            "<i><p>",
            "<font><p>",
            "<h1>",
            "<pre>",
            "<svg>",
            "<select>",
            "<template>",
            "</p>",
            "</ul>",
            "<",
            "<!--",
            "&amp;",
            "&",
            "a<br>",
            "<p>a",
            "<li>",
            "<input type=checkbox>",
            "<title>",
            "<script>",
            "<ol><li>a",
            "<td>",
            "*",
            "`",
            "x ",
            "<table>",
            "<code>",
            "<strong><em>a</strong></em>",
        ] {
            let page = piece.repeat(size / piece.len());
            let begin = Instant::now();
            let note = convert_to_note(&page).unwrap();
            let took = begin.elapsed();
            assert!(took < Duration::from_secs(10), "{piece}: {took:?}");
            assert!(
                note.content.len() < 10 * size,
                "{piece}: {} bytes",
                note.content.len()
            );
        }
    }
}
