//! No operation reads, changes, or reveals the existence of anything that another user owns; every operation of the document is in a table here.

mod data;
mod requests;
mod shared;

use std::collections::{BTreeMap, BTreeSet};

use notes_service::domain::limits::AccountLimits;
use notes_service::outbound::{self, Client};
use notes_service::push::Pusher;
use regex_lite::Regex;
use serde_json::{Value, json};

use self::data::{assert_owns_something_everywhere, create_all_data, rows};
use self::requests::{Asked, Ids, OPERATIONS, SECRET, with};
use crate::passkeys::on_page;
use crate::support::{Answer, Person, Service, document, on_both_databases};

on_both_databases!(
    denies_access_to_data_of_other_users,
    denies_unauthenticated_access,
);

/// Returns a push subscription with the keys of RFC 8291, which no other test uses.
pub(crate) fn subscription() -> Value {
    json!({"endpoint": "https://push.example.net/x", "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg"}})
}

/// Returns the service with push messages enabled.
pub(crate) fn pushing(service: Service) -> Service {
    let mut settings = service.app.settings.clone();
    let client = Client::new(outbound::Settings::default()).unwrap();
    settings.push = Some(Pusher::new(client, "https://notes.example.com"));
    service.with(settings)
}

/// Returns the service with push messages, passkeys and files enabled.
fn with_all_features(service: Service) -> Service {
    on_page(pushing(service)).with_files(AccountLimits::default())
}

/// Operations that need no authentication.
const PUBLIC: &[&str] = &[
    "comeAsGuest",
    "endReminderMails",
    "findSignedInAccount",
    "finishProviderSignIn",
    "finishSignIn",
    "goToProvider",
    "openNoteLink",
    "readPendingSignIn",
    "readSignInOptions",
    "register",
    "requestPasswordReset",
    "resetPassword",
    "signIn",
    "signInWithPasskey",
    "signOut",
    "startPasskeySignIn",
    "startProviderSignIn",
    "startSecondFactor",
    "verifyAddress",
];

/// An operation of the document.
struct Operation {
    method: String,
    path: String,
    is_public: bool,
}

/// Returns the operations of the document by their identifiers.
fn operations() -> BTreeMap<String, Operation> {
    let mut found = BTreeMap::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_else(|| {
                panic!("{method} {path} has no operationId");
            });
            let operation = Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                is_public: operation
                    .get("security")
                    .is_none_or(|schemes| schemes.as_array().unwrap().is_empty()),
            };
            assert!(
                found.insert(id.to_owned(), operation).is_none(),
                "{id} is there twice"
            );
        }
    }
    found
}

impl Operation {
    async fn ask(&self, service: &Service, who: Option<&Person>, asked: &Asked) -> Answer {
        let mut parts = asked.path.iter();
        let path = Regex::new(r"\{\w+\}")
            .unwrap()
            .replace_all(&self.path, |_: &regex_lite::Captures<'_>| {
                parts
                    .next()
                    .expect("a value for each place in the path")
                    .clone()
            })
            .into_owned();
        let path = path + &asked.query;
        let headers: Vec<_> = asked
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        service
            .request(who, &self.method, &path, &headers, asked.body.clone())
            .await
    }
}

#[test]
fn covers_all_operations_in_tenancy_table() {
    let known: BTreeSet<_> = OPERATIONS.iter().map(|(id, _)| (*id).to_owned()).collect();
    let documented: BTreeSet<_> = operations().into_keys().collect();
    assert_eq!(
        documented, known,
        "left: the document, right: the table in this file"
    );
    let public: Vec<_> = operations()
        .into_iter()
        .filter(|(_, operation)| operation.is_public)
        .map(|(id, _)| id)
        .collect();
    assert_eq!(public, PUBLIC, "operations without authentication");
}

async fn denies_access_to_data_of_other_users(service: Service) {
    let service = with_all_features(service);
    let ada = service.person("ada").await;
    let hers = create_all_data(&service, &ada).await;
    let before = rows(&service, "ada").await;
    assert_owns_something_everywhere(&before);

    for (number, (id, how)) in OPERATIONS.iter().enumerate() {
        let operation = &operations()[*id];
        // Somebody new each time: some operations end the session, or the account.
        let eve = service.person(&format!("eve-{number}")).await;
        let dan = service.person(&format!("dan-{number}")).await;
        let asked = how(&hers);
        let foreign = operation.ask(&service, Some(&eve), &asked).await;
        let nothing = how(&Ids::of_nothing());
        let missing = operation.ask(&service, Some(&dan), &nothing).await;

        assert!(foreign.status.as_u16() < 500, "{id}: {}", foreign.body);
        let text = foreign.body.to_string();
        assert!(!text.contains(SECRET), "{id} reveals a text: {text}");
        assert!(
            asked.path.is_empty() || !foreign.status.is_success(),
            "{id} answers {} about somebody else's",
            foreign.status
        );
        if asked.names_things {
            assert_eq!(
                (foreign.status, without_names(&foreign.body)),
                (missing.status, without_names(&missing.body)),
                "{id} tells what exists from what does not"
            );
        } else {
            assert!(
                hers.all().iter().all(|id| !text.contains(id)),
                "{id} reveals an identifier: {text}"
            );
        }
        assert_eq!(
            rows(&service, "ada").await,
            before,
            "{id} changed rows of somebody else"
        );
    }
}

async fn denies_unauthenticated_access(service: Service) {
    let service = with_all_features(service);
    let ada = service.person("ada").await;
    let hers = create_all_data(&service, &ada).await;
    let before = rows(&service, "ada").await;
    for (id, how) in OPERATIONS {
        let operation = &operations()[*id];
        if operation.is_public {
            continue;
        }
        let stranger = Person {
            cookie: "__Host-notes_session=made-up".to_owned(),
        };
        for who in [None, Some(&stranger)] {
            let answer = operation.ask(&service, who, &how(&hers)).await;
            assert_eq!(answer.status.as_u16(), 401, "{id}: {}", answer.body);
        }
    }
    assert_eq!(rows(&service, "ada").await, before);
}

/// Returns a problem or result without the parts that differ between requests for different data.
fn without_names(body: &Value) -> String {
    let ids = Regex::new("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\"]*Z").unwrap();
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("requestId");
    }
    ids.replace_all(&body.to_string(), "…").into_owned()
}
