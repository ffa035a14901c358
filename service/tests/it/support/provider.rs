//! An OpenID Connect provider that runs in parallel to the tests (`scripts/oidc-provider.mjs`), and people who sign in there.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Once, OnceLock};

use reqwest::Url;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};

/// Redirect URI, to which the provider sends the browser after a sign-in.
pub(crate) const CALLBACK: &str = "https://notes.example.com/api/auth/oidc/callback";
/// Client secret of the service at the provider.
pub(crate) const CLIENT_SECRET: &str = "a-secret-of-the-client-that-nobody-may-see";

/// Maximum number of pages of the provider in one sign-in.
const MOST_PAGES: u32 = 12;

/// Returns the address of the provider, or `None` without its packages, which CI does not accept.
pub(crate) fn issuer() -> Option<String> {
    static SAID: Once = Once::new();
    static RUNNING: OnceLock<(Child, String)> = OnceLock::new();
    let Some(modules) = std::env::var_os("TEST_OIDC_MODULES") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_OIDC_MODULES is not set; help: scripts/test service"
        );
        SAID.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: everything with the provider of scripts/npm/oidc, as TEST_OIDC_MODULES is not set; help: scripts/test service"
            );
        });
        return None;
    };
    let (_, issuer) = RUNNING.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/oidc-provider.mjs");
        // Its end is that of its standard input, which is that of this process.
        let mut child = Command::new("node")
            .arg(script)
            .arg(CALLBACK)
            .env("INFRA_NODE_MODULES", modules)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        (child, line.trim().to_owned())
    });
    Some(issuer.clone())
}

/// Action of a person at the provider.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does<'a> {
    /// Signs in with this name, and consents.
    SignIn(&'a str),
    /// Cancels the sign-in.
    Abort,
}

/// A browser at the provider, with its cookies.
#[derive(Debug)]
pub(crate) struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
    /// Number of submitted forms with name and password.
    pub(crate) forms: u32,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let http = reqwest::Client::builder().no_proxy();
        let http = http.redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().unwrap(),
            cookies: BTreeMap::new(),
            forms: 0,
        }
    }

    /// Opens an address of the provider, and returns the path of the redirect to the service.
    pub(crate) async fn walk(&mut self, address: &str, does: Does<'_>) -> String {
        let mut address: Url = address.parse().unwrap();
        let mut form: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let request = match form.take() {
                Some(body) => self
                    .http
                    .post(address.clone())
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(body),
                None => self.http.get(address.clone()),
            };
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let response = request.header(COOKIE, cookies.join("; ")).send().await;
            let response = response.unwrap();
            self.keep(response.headers());
            if let Some(location) = response.headers().get(LOCATION) {
                let next = address.join(location.to_str().unwrap()).unwrap();
                if next.as_str().starts_with(CALLBACK) {
                    return format!("{}?{}", next.path(), next.query().unwrap_or_default());
                }
                address = next;
                continue;
            }
            let status = response.status();
            let page = response.text().await.unwrap();
            assert!(status.is_success(), "{status}: {page}");
            match does {
                Does::Abort => {
                    let path = format!("{}/abort", address.path());
                    assert!(page.contains(&path), "{page}");
                    address.set_path(&path);
                }
                Does::SignIn(name) if page.contains("name=\"login\"") => {
                    self.forms += 1;
                    form = Some(format!("prompt=login&login={name}&password=any"));
                }
                Does::SignIn(_) => form = Some("prompt=consent".to_owned()),
            }
        }
        panic!("the provider does not lead back; the last page was {address}")
    }

    fn keep(&mut self, headers: &reqwest::header::HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
