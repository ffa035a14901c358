//! Tests of sign-in through a provider: a real one on this machine, and a malicious one.

mod accounts;
mod hostile;
mod ways;

use std::collections::BTreeMap;

use notes_service::config::Config;
use poem::http::header;
use reqwest::Url;
use serde_json::{Value, json};

use crate::support::provider::{Browser, CLIENT_SECRET, Does, issuer};
use crate::support::{Answer, Person, Service};

/// Returns the variables for this provider and additional ones; an empty value removes a variable.
pub(crate) fn variables(issuer: &str, more: &[(&str, &str)]) -> BTreeMap<String, String> {
    let usual = [
        ("OIDC_ISSUER", issuer),
        ("OIDC_CLIENT_ID", "notes"),
        ("OIDC_CLIENT_SECRET", CLIENT_SECRET),
        ("OIDC_NAME", "Example"),
        ("PUBLIC_URL", "https://notes.example.com"),
    ];
    usual
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Returns the service with the provider that these variables name.
fn with_variables(service: Service, issuer: &str, more: &[(&str, &str)]) -> Service {
    let config = Config::from_variables(&variables(issuer, more)).unwrap();
    let mut settings = service.app.settings.clone();
    settings.provider = config.http.provider;
    settings.accounts.registration = config.http.accounts.registration;
    service.with(settings)
}

/// Returns the service, configured with the provider that runs on this machine; `None` without one.
fn with_provider(service: Service, more: &[(&str, &str)]) -> Option<Service> {
    Some(with_variables(service, &issuer()?, more))
}

/// A tab of a browser, with its cookies of the service.
#[derive(Debug, Default, Clone)]
struct Tab {
    cookies: BTreeMap<String, String>,
}

impl Tab {
    /// Returns a tab with the session of a person.
    fn of(person: &Person) -> Self {
        let mut tab = Self::default();
        let (name, value) = person.cookie.split_once('=').unwrap();
        tab.cookies.insert(name.to_owned(), value.to_owned());
        tab
    }

    fn person(&self) -> Person {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Person {
            cookie: cookies.join("; "),
        }
    }

    async fn ask(
        &mut self,
        service: &Service,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let who = self.person();
        let answer = service.request(Some(&who), method, path, &[], body).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            for part in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
                assert!(text.contains(part), "{text}");
            }
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{text}");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Starts an operation at the provider, and returns the address there.
    async fn begin(&mut self, service: &Service, path: &str, body: Value) -> String {
        let begun = self.ask(service, "POST", path, Some(body)).await.is(200);
        begun.body["location"].as_str().unwrap().to_owned()
    }

    /// Starts a sign-in that returns to a path of the page.
    async fn start(&mut self, service: &Service) -> String {
        let body = json!({"returnTo": "/labels?sort=name"});
        self.begin(service, "/api/auth/oidc/start", body).await
    }

    /// Follows the redirect from the provider, and returns the redirect target of the service.
    async fn follow_callback(&mut self, service: &Service, path: &str) -> String {
        let answer = self.ask(service, "GET", path, None).await.is(303);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        answer.header("location").to_owned()
    }

    /// Signs in at the provider under a name.
    async fn sign_in(&mut self, service: &Service, browser: &mut Browser, name: &str) -> String {
        let address = self.start(service).await;
        let back = browser.walk(&address, Does::SignIn(name)).await;
        self.follow_callback(service, &back).await
    }

    /// Returns the account that the tab is signed in to.
    async fn account(&mut self, service: &Service) -> Value {
        self.ask(service, "GET", "/api/me", None).await.is(200).body
    }

    fn is_signed_in(&self) -> bool {
        self.cookies.contains_key("__Host-notes_session")
    }
}

/// Returns a parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let url: Url = address.parse().unwrap();
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(known, _)| known == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {address}"))
        .1
        .into_owned()
}
