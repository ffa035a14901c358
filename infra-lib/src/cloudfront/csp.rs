//! Content security policies: what a page may load, and from where.

use std::borrow::Cow;
use std::fmt;

use crate::{Diagnostic, Scope, codes};

/// What a rule of a content security policy is about.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Directive {
    /// Whatever no other rule is about: `default-src`.
    Default,
    /// Scripts: `script-src`.
    Script,
    /// Style sheets and `style` elements and attributes: `style-src`.
    Style,
    /// Images: `img-src`.
    Image,
    /// Fonts: `font-src`.
    Font,
    /// Requests that scripts make: `connect-src`.
    Connect,
    /// Audio and video: `media-src`.
    Media,
    /// Frames inside the page: `frame-src`.
    Frame,
    /// Workers: `worker-src`.
    Worker,
    /// Web app manifests: `manifest-src`.
    Manifest,
    /// Plug-ins: `object-src`.
    Object,
    /// The `base` element: `base-uri`.
    Base,
    /// Where forms are sent: `form-action`.
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

/// From where a directive lets things come.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// The site itself.
    SameOrigin,
    /// `data:` addresses.
    Data,
    /// `blob:` addresses.
    Blob,
    /// A host, with or without scheme: `https://api.example.com`, `*.example.com`.
    Host(Cow<'static, str>),
    /// Inline text with this hash: `sha256-…`.
    Hash(Cow<'static, str>),
    /// Any inline text. For styles where a library needs it; for scripts it undoes the policy (INF4530).
    UnsafeInline,
    /// Text that a script makes and runs. It undoes much of the policy (INF4530).
    UnsafeEval,
    /// WebAssembly that a script compiles.
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

/// A content security policy. It starts strict, and what a page needs more is allowed piece by piece.
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
    /// Everything from the site itself and nothing from elsewhere; no inline scripts or styles, no plug-ins, no
    /// frames in either direction.
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

    /// Lets one more source be used for a directive.
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

    /// Scripts turn text into markup or scripts only through these policies; without any, not at all. Default: browsers ask for none.
    ///
    /// See [Trusted Types](https://www.w3.org/TR/trusted-types/).
    pub fn trusted_types<P: Into<Cow<'static, str>>>(
        mut self,
        policies: impl IntoIterator<Item = P>,
    ) -> Self {
        self.trusted_types = Some(policies.into_iter().map(Into::into).collect());
        self
    }

    /// Reports what lets injected scripts run (INF4530).
    pub(super) fn check(&self, scope: Scope<'_>) {
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
                        .note("whoever can put text into a page can then run scripts in it")
                        .help("put scripts into files, or allow one inline script by `Source::Hash(\"sha256-…\")`"),
                );
            }
        }
    }
}

impl fmt::Display for ContentSecurityPolicy {
    /// As the header has it.
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
