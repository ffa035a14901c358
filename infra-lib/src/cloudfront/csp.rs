//! Content security policies: the sources from which a page may load content.

use std::borrow::Cow;
use std::fmt;

use crate::{Diagnostic, Scope, codes};

/// A directive of a content security policy.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Directive {
    /// Fallback for content without a directive: `default-src`.
    Default,
    /// Scripts and event handlers: `script-src`.
    Script,
    /// Style sheets, `style` elements and attributes: `style-src`.
    Style,
    /// Images and icons, in pages and style sheets: `img-src`.
    Image,
    /// Fonts loaded by style sheets: `font-src`.
    Font,
    /// Requests made by scripts: `connect-src`.
    Connect,
    /// Audio and video content: `media-src`.
    Media,
    /// Frames inside the page: `frame-src`.
    Frame,
    /// Workers and service workers: `worker-src`.
    Worker,
    /// Web app manifests: `manifest-src`.
    Manifest,
    /// Plug-ins in `object` and `embed` elements: `object-src`.
    Object,
    /// Addresses in the `base` element: `base-uri`.
    Base,
    /// Addresses that forms are submitted to: `form-action`.
    FormAction,
    /// Pages that may show this one in a frame: `frame-ancestors`.
    FrameAncestors,
}

impl Directive {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default-src",
            Self::Script => "script-src",
            Self::Style => "style-src",
            Self::Image => "img-src",
            Self::Font => "font-src",
            Self::Connect => "connect-src",
            Self::Media => "media-src",
            Self::Frame => "frame-src",
            Self::Worker => "worker-src",
            Self::Manifest => "manifest-src",
            Self::Object => "object-src",
            Self::Base => "base-uri",
            Self::FormAction => "form-action",
            Self::FrameAncestors => "frame-ancestors",
        }
    }
}

/// A source from which a directive allows content.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// The origin of the site: `'self'`.
    SameOrigin,
    /// Addresses with the scheme `data:`.
    Data,
    /// Addresses with the scheme `blob:`.
    Blob,
    /// A host, with or without scheme: `https://api.example.com`, `*.example.com`.
    Host(Cow<'static, str>),
    /// Inline content with this hash: `sha256-…`.
    Hash(Cow<'static, str>),
    /// Any inline content: `'unsafe-inline'`. Some libraries need it for styles; for scripts it makes the policy
    /// ineffective (`INF4530`).
    UnsafeInline,
    /// Code that scripts compile from text: `'unsafe-eval'`. It makes much of the policy ineffective (`INF4530`).
    UnsafeEval,
    /// WebAssembly that scripts compile: `'wasm-unsafe-eval'`.
    WasmUnsafeEval,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameOrigin => f.write_str("'self'"),
            Self::Data => f.write_str("data:"),
            Self::Blob => f.write_str("blob:"),
            Self::Host(host) => f.write_str(host),
            Self::Hash(hash) => write!(f, "'{hash}'"),
            Self::UnsafeInline => f.write_str("'unsafe-inline'"),
            Self::UnsafeEval => f.write_str("'unsafe-eval'"),
            Self::WasmUnsafeEval => f.write_str("'wasm-unsafe-eval'"),
        }
    }
}

/// A content security policy, which starts strict and is relaxed source by source.
///
/// ```
/// use infra_lib::cloudfront::{ContentSecurityPolicy, Directive, Source};
///
/// let policy = ContentSecurityPolicy::strict().allow(Directive::Image, Source::Data);
/// assert!(policy.to_string().contains("img-src 'self' data:;"));
/// ```
///
/// See [Content Security Policy Level 3](https://www.w3.org/TR/CSP3/).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ContentSecurityPolicy {
    sources: Vec<(Directive, Vec<Source>)>,
    trusted_types: Option<Vec<Cow<'static, str>>>,
    sandbox: bool,
}

impl ContentSecurityPolicy {
    /// Creates a policy that allows content of the site's own origin only: no inline scripts or styles, no plug-ins,
    /// no frames in either direction.
    pub fn strict() -> Self {
        let own = || vec![Source::SameOrigin];
        let sources = vec![
            (Directive::Default, Vec::new()),
            (Directive::Script, own()),
            (Directive::Style, own()),
            (Directive::Image, own()),
            (Directive::Font, own()),
            (Directive::Connect, own()),
            (Directive::Manifest, own()),
            (Directive::Base, Vec::new()),
            (Directive::FormAction, own()),
            (Directive::FrameAncestors, Vec::new()),
        ];
        Self {
            sources,
            trusted_types: None,
            sandbox: false,
        }
    }

    /// Allows nothing and puts the document into a sandbox: for files that a browser may show but must not run, such as uploads of users.
    pub fn sandbox() -> Self {
        let none = [
            Directive::Default,
            Directive::Base,
            Directive::FormAction,
            Directive::FrameAncestors,
        ];
        Self {
            sources: none.map(|directive| (directive, Vec::new())).into(),
            trusted_types: None,
            sandbox: true,
        }
    }

    /// Allows another source for a directive.
    pub fn allow(mut self, directive: Directive, source: Source) -> Self {
        match self
            .sources
            .iter_mut()
            .find(|(known, _)| *known == directive)
        {
            Some((_, sources)) if sources.contains(&source) => {}
            Some((_, sources)) => sources.push(source),
            None => self.sources.push((directive, vec![source])),
        }
        self
    }

    /// Requires [Trusted Types](https://www.w3.org/TR/trusted-types/): scripts may turn text into markup or scripts
    /// only through policies with these names, or not at all if the list is empty. Default: not required.
    pub fn trusted_types<P: Into<Cow<'static, str>>>(
        mut self,
        policies: impl IntoIterator<Item = P>,
    ) -> Self {
        self.trusted_types = Some(policies.into_iter().map(Into::into).collect());
        self
    }

    /// Reports sources that allow injected scripts to run (`INF4530`).
    pub(super) fn check_sources(&self, scope: Scope<'_>) {
        let scripts = self
            .sources
            .iter()
            .filter(|(directive, _)| matches!(directive, Directive::Script | Directive::Default));
        for (directive, sources) in scripts {
            let unsafe_source = |source: &&Source| match source {
                Source::UnsafeInline | Source::UnsafeEval => true,
                Source::Data => true,
                Source::Host(host) => host == "*" || host == "https:" || host == "http:",
                _ => false,
            };
            if let Some(source) = sources.iter().find(unsafe_source) {
                scope.report(
                    Diagnostic::new(codes::UNSAFE_SCRIPTS, format!("the content security policy allows {source} for scripts"))
                        .property("SecurityHeadersConfig.ContentSecurityPolicy")
                        .actual(format!("{} … {source}", directive.as_str()))
                        .note("anyone who can insert text into a page can then run scripts in it")
                        .help("move scripts to files, or allow a single inline script with `Source::Hash(\"sha256-…\")`"),
                );
            }
        }
    }
}

impl fmt::Display for ContentSecurityPolicy {
    /// Formats the policy as the value of the `Content-Security-Policy` header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (directive, sources) in &self.sources {
            f.write_str(directive.as_str())?;
            if sources.is_empty() {
                f.write_str(" 'none'")?;
            }
            for source in sources {
                write!(f, " {source}")?;
            }
            f.write_str("; ")?;
        }
        if let Some(policies) = &self.trusted_types {
            let names = if policies.is_empty() {
                "'none'".to_owned()
            } else {
                policies.join(" ")
            };
            write!(
                f,
                "require-trusted-types-for 'script'; trusted-types {names}; "
            )?;
        }
        if self.sandbox {
            f.write_str("sandbox; ")?;
        }
        f.write_str("upgrade-insecure-requests")
    }
}
