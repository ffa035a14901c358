//! No operation reads, changes, or reveals the existence of anything that another user owns; every operation of the document is in a table here.

mod shared;

use notes_service::store::mailed_links::Purpose;
use std::collections::{BTreeMap, BTreeSet};

use notes_service::domain::limits::AccountLimits;
use notes_service::outbound::{self, Client};
use notes_service::push::Pusher;
use regex_lite::Regex;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value as Bound};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::factors;
use crate::passkeys::{self, on_page};

use crate::support::{
    Answer, PASSWORD, Person, Service, document, link_provider_identity, on_both_databases,
};

on_both_databases!(
    denies_access_to_data_of_other_users,
    denies_unauthenticated_access,
);

/// Text of the owner that must not appear in any response to others.
const SECRET: &str = "quicksilver";

/// Identifiers of the owner's data, or of data that does not exist.
#[derive(Debug, Clone)]
struct Ids {
    note: String,
    trashed: String,
    archived: String,
    label: String,
    session: String,
    token: String,
    filter: String,
    webhook: String,
    delivery: String,
    subscription: String,
    passkey: String,
    identity: String,
    link: String,
    share: String,
    invitation: String,
    attachment: String,
    upload: String,
}

impl Ids {
    /// Returns well-formed identifiers of data that does not exist.
    fn of_nothing() -> Self {
        let id = || Uuid::now_v7().to_string();
        Self {
            note: id(),
            trashed: id(),
            archived: id(),
            label: id(),
            session: id(),
            token: id(),
            attachment: id(),
            upload: id(),
            link: id(),
            share: id(),
            invitation: id(),
            passkey: id(),
            identity: id(),
            filter: id(),
            webhook: id(),
            delivery: id(),
            subscription: id(),
        }
    }

    fn all(&self) -> Vec<&str> {
        vec![
            &self.note,
            &self.trashed,
            &self.archived,
            &self.label,
            &self.session,
            &self.token,
            &self.filter,
            &self.webhook,
            &self.delivery,
            &self.subscription,
            &self.passkey,
            &self.identity,
            &self.link,
            &self.share,
            &self.invitation,
            &self.attachment,
            &self.upload,
        ]
    }
}

/// Parts of a request in addition to its method.
#[derive(Debug, Default)]
struct Asked {
    path: Vec<String>,
    query: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
    names_things: bool,
}

/// Returns a request without identifiers.
fn plain() -> Asked {
    Asked::default()
}

/// Returns a request with an identifier in the path.
fn at(id: &str) -> Asked {
    Asked {
        path: vec![id.to_owned()],
        names_things: true,
        ..Asked::default()
    }
}

/// Returns a request with identifiers in the body.
fn naming(body: Value) -> Asked {
    Asked {
        names_things: true,
        ..with(body)
    }
}

/// Returns a request with a body without identifiers.
fn with(body: Value) -> Asked {
    Asked {
        body: Some(body),
        ..Asked::default()
    }
}

impl Asked {
    fn body(self, body: Value) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }

    fn and(mut self, next: &str) -> Self {
        self.path.push(next.to_owned());
        self
    }

    fn query(self, query: &str) -> Self {
        Self {
            query: format!("?{query}"),
            names_things: true,
            ..self
        }
    }

    fn if_match(self) -> Self {
        self.header("if-match", "*")
    }

    fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

type How = fn(&Ids) -> Asked;

/// Requests for every operation of the document, with these identifiers wherever the operation accepts any.
const OPERATIONS: &[(&str, How)] = &[
    // The account, its sessions and access tokens.
    ("register", |_| {
        with(json!({"email": "new@example.com", "username": "new", "password": PASSWORD}))
    }),
    ("signIn", |_| {
        with(json!({"login": "ada", "password": "a guess of somebody"}))
    }),
    ("readSignInOptions", |_| plain()),
    ("requestPasswordReset", |_| {
        with(json!({"email": "ada@example.com"}))
    }),
    ("resetPassword", |_| {
        with(json!({"token": "a guess", "newPassword": "another long password"}))
    }),
    ("verifyAddress", |_| with(json!({"token": "a guess"}))),
    ("requestVerification", |_| plain()),
    ("comeAsGuest", |_| plain()),
    ("signOut", |_| plain()),
    ("readAccount", |_| plain()),
    ("changeAccount", |_| with(json!({"username": "ada"}))),
    ("deleteAccount", |_| {
        with(json!({"currentPassword": PASSWORD}))
    }),
    ("changePassword", |_| {
        with(json!({"currentPassword": PASSWORD, "newPassword": "another long password"}))
    }),
    ("claimAccount", |_| {
        with(json!({"email": "ada@example.com", "username": "ada", "password": PASSWORD}))
    }),
    ("readPendingSignIn", |_| plain()),
    ("finishSignIn", |_| with(json!({"code": "123456"}))),
    ("startSecondFactor", |_| plain()),
    ("startPasskeySignIn", |_| plain()),
    ("signInWithPasskey", |_| {
        with(json!({"credential": {"response": {}}}))
    }),
    ("readFactors", |_| plain()),
    ("enrolTotp", |_| with(json!({"currentPassword": PASSWORD}))),
    ("confirmTotp", |_| with(json!({"code": "123456"}))),
    ("removeTotp", |_| {
        with(json!({"currentPassword": PASSWORD, "code": "123456"}))
    }),
    ("renewRecoveryCodes", |_| {
        with(json!({"currentPassword": PASSWORD}))
    }),
    ("listPasskeys", |_| plain()),
    ("startPasskey", |_| {
        with(json!({"currentPassword": PASSWORD}))
    }),
    ("createPasskey", |_| {
        with(json!({"name": "mine", "credential": {"response": {}}}))
    }),
    ("changePasskey", |of| {
        at(&of.passkey).body(json!({"name": "taken"}))
    }),
    ("deletePasskey", |of| {
        at(&of.passkey).body(json!({"currentPassword": PASSWORD}))
    }),
    ("listSessions", |_| plain()),
    ("endOtherSessions", |_| plain()),
    ("endSession", |of| at(&of.session)),
    ("listTokens", |_| plain()),
    ("createToken", |_| {
        with(json!({"name": "mine", "scope": "write", "currentPassword": PASSWORD}))
    }),
    ("deleteToken", |of| at(&of.token)),
    ("readPushKey", |_| plain()),
    ("listPushSubscriptions", |_| plain()),
    ("subscribeToPush", |_| with(subscription())),
    ("removePushSubscription", |of| at(&of.subscription)),
    ("readReminderSettings", |_| plain()),
    ("changeReminderSettings", |_| {
        with(json!({"push": "always", "showTitle": true}))
    }),
    ("endReminderMails", |of| at(&of.token)),
    // Identities at a provider.
    ("goToProvider", |_| plain()),
    ("startProviderSignIn", |_| with(json!({}))),
    ("finishProviderSignIn", |_| Asked {
        query: "?code=a-guess&state=a-guess".to_owned(),
        ..plain()
    }),
    ("listIdentities", |_| plain()),
    ("linkIdentity", |_| {
        with(json!({"currentPassword": PASSWORD}))
    }),
    ("unlinkIdentity", |of| {
        at(&of.identity).body(json!({"currentPassword": PASSWORD}))
    }),
    ("startConfirmation", |_| with(json!({}))),
    // Labels.
    ("listLabels", |_| plain()),
    ("createLabel", |_| with(json!({"name": "mine"}))),
    ("orderLabels", |of| naming(json!({"ids": [of.label]}))),
    ("readLabel", |of| at(&of.label)),
    ("changeLabel", |of| {
        at(&of.label).if_match().body(json!({"name": "taken"}))
    }),
    ("deleteLabel", |of| at(&of.label).if_match()),
    // Notes.
    ("listNotes", |of| {
        plain().query(&format!("labelId={}", of.label))
    }),
    ("searchNotes", |of| {
        plain().query(&format!("q={SECRET}&labelId={}", of.label))
    }),
    ("searchNotes", |_| plain().query(&format!("q={SECRET}"))),
    ("listNotes", |_| plain()),
    ("createNote", |of| naming(json!({"labelIds": [of.label]}))),
    ("reorderNotes", |of| naming(json!({"ids": [of.note]}))),
    ("readNote", |of| at(&of.note)),
    ("changeNote", |of| {
        at(&of.note)
            .if_match()
            .body(json!({"title": "taken", "labelIds": [of.label]}))
    }),
    ("trashNote", |of| at(&of.note).if_match()),
    ("archiveNote", |of| at(&of.note).if_match()),
    ("unarchiveNote", |of| at(&of.archived).if_match()),
    ("restoreNote", |of| at(&of.trashed).if_match()),
    ("moveNote", |of| {
        at(&of.note).body(json!({"before": of.archived}))
    }),
    ("deleteNote", |of| at(&of.trashed).if_match()),
    ("emptyTrash", |_| plain()),
    ("batchNotes", |of| {
        naming(json!({"operations": [
            {"id": of.note, "op": "trash"},
            {"id": of.archived, "op": "unarchive"},
            {"id": of.trashed, "op": "delete"},
            {"id": of.note, "op": "addLabel", "labelId": of.label},
        ]}))
    }),
    // Attachments. The body of a file is any; that of a piece is empty here.
    ("addAttachment", |of| {
        at(&of.note).query("name=mine.txt").body(json!({"mine": 1}))
    }),
    ("listAttachments", |of| at(&of.note)),
    ("readAttachment", |of| at(&of.attachment)),
    ("changeAttachment", |of| {
        at(&of.attachment).if_match().body(json!({"name": "taken"}))
    }),
    ("deleteAttachment", |of| at(&of.attachment).if_match()),
    ("downloadAttachment", |of| at(&of.attachment)),
    ("readThumbnail", |of| at(&of.attachment)),
    ("createUpload", |of| {
        at(&of.note).header("upload-length", "10")
    }),
    ("readUpload", |of| at(&of.upload)),
    ("sendPiece", |of| {
        at(&of.upload)
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
    }),
    ("deleteUpload", |of| at(&of.upload)),
    ("listRevisions", |of| at(&of.note)),
    ("readRevision", |of| at(&of.note).and("1")),
    ("listen", |_| plain()),
    ("listChanges", |_| Asked {
        query: "?since=0".to_owned(),
        ..plain()
    }),
    ("restoreRevision", |of| at(&of.note).and("1").if_match()),
    ("exportNotes", |_| Asked {
        query: "?format=json".to_owned(),
        ..plain()
    }),
    ("exportNotes", |_| Asked {
        query: "?format=markdown".to_owned(),
        ..plain()
    }),
    ("importNotes", |_| {
        with(
            json!({"format": "notes", "version": 1, "notes": [{"title": "mine", "labels": [format!("{SECRET} label")]}]}),
        )
    }),
    // Saved filters.
    ("listFilters", |_| plain()),
    ("createFilter", |of| {
        naming(json!({"name": "mine", "query": {"labelIds": [of.label]}}))
    }),
    ("orderFilters", |of| naming(json!({"ids": [of.filter]}))),
    ("readFilter", |of| at(&of.filter)),
    ("changeFilter", |of| {
        at(&of.filter).if_match().body(json!({"name": "taken"}))
    }),
    ("deleteFilter", |of| at(&of.filter).if_match()),
    ("listFilterNotes", |of| at(&of.filter)),
    // Webhooks.
    ("listWebhooks", |_| plain()),
    ("createWebhook", |_| {
        with(json!({"url": "https://example.com/", "events": ["note.created"]}))
    }),
    ("readWebhook", |of| at(&of.webhook)),
    ("changeWebhook", |of| {
        at(&of.webhook)
            .if_match()
            .body(json!({"url": "https://example.org/", "enabled": false}))
    }),
    ("deleteWebhook", |of| at(&of.webhook).if_match()),
    ("rotateWebhookSecret", |of| at(&of.webhook)),
    ("pingWebhook", |of| at(&of.webhook)),
    ("listWebhookDeliveries", |of| at(&of.webhook)),
    ("redeliverWebhook", |of| at(&of.webhook).and(&of.delivery)),
    ("deleteWebhookDelivery", |of| {
        at(&of.webhook).and(&of.delivery)
    }),
    ("listItems", |of| at(&of.note)),
    ("changeItem", |of| {
        at(&of.note)
            .and("0")
            .if_match()
            .body(json!({"checked": true}))
    }),
    // Notes that others see.
    ("listNoteLinks", |of| at(&of.note)),
    ("createNoteLink", |of| at(&of.note).body(json!({}))),
    ("deleteNoteLink", |of| at(&of.note).and(&of.link)),
    ("openNoteLink", |_| with(json!({"token": "a guess"}))),
    ("listNoteShares", |of| at(&of.note)),
    ("shareNote", |of| {
        at(&of.note).body(json!({"email": "mallory@example.com", "right": "write"}))
    }),
    ("changeNoteShare", |of| {
        at(&of.note).and(&of.share).body(json!({"right": "write"}))
    }),
    ("changeNoteShare", |of| {
        at(&of.note)
            .and(&of.invitation)
            .body(json!({"right": "write"}))
    }),
    ("endNoteShare", |of| at(&of.note).and(&of.share)),
    ("endNoteShare", |of| at(&of.note).and(&of.invitation)),
    ("listInvitations", |_| plain()),
    ("acceptInvitation", |of| at(&of.invitation)),
    ("declineInvitation", |of| at(&of.invitation)),
    ("listSharedNotes", |_| plain()),
    ("listSharedNotes", |_| Asked {
        query: format!("?q={SECRET}"),
        ..plain()
    }),
    ("readSharedNote", |of| at(&of.note)),
    ("changeSharedNote", |of| {
        at(&of.note).if_match().body(json!({"title": "taken"}))
    }),
    ("listSharedItems", |of| at(&of.note)),
    ("changeSharedItem", |of| {
        at(&of.note)
            .and("0")
            .if_match()
            .body(json!({"checked": true}))
    }),
    ("leaveSharedNote", |of| at(&of.note)),
];

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

/// Creates data of every kind for a user, and returns its identifiers.
async fn create_all_data(service: &Service, who: &Person) -> Ids {
    let create = async |path: &str, body: Value| {
        let headers = [("idempotency-key", path), ("if-match", "*")];
        let made = service
            .request(Some(who), "POST", path, &headers, Some(body))
            .await;
        assert!(made.status.is_success(), "{path}: {}", made.body);
        made.body["id"].as_str().unwrap_or_default().to_owned()
    };
    let act = async |method: &str, path: String, body: Option<Value>| {
        let headers = [("if-match", "*")];
        let answer = service
            .request(Some(who), method, &path, &headers, body)
            .await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
    };
    let title = format!("{SECRET} title");
    let label = create("/api/labels", json!({"name": format!("{SECRET} label")})).await;
    let token = create(
        "/api/tokens",
        json!({"name": format!("{SECRET} token"), "scope": "read", "currentPassword": PASSWORD}),
    )
    .await;
    let filter = create(
        "/api/filters",
        json!({"name": format!("{SECRET} filter"), "query": {"q": SECRET, "labelIds": [label]}}),
    )
    .await;
    let webhook = create(
        "/api/webhooks",
        json!({"name": SECRET, "url": format!("https://example.com/{SECRET}"), "events": ["note.created"]}),
    )
    .await;
    let note = create(
        "/api/notes",
        json!({"title": title, "content": format!("{SECRET} of old"), "labelIds": [label], "reminderAt": "2030-01-01T00:00:00Z"}),
    )
    .await;
    let mut more = Vec::new();
    for _ in 0..3 {
        let made = service.json(who, "POST", "/api/notes", json!({"title": title}));
        more.push(made.await.is(201).body["id"].as_str().unwrap().to_owned());
    }
    let [archived, trashed, gone] = more.try_into().unwrap();
    // A version before this one, a note in each place, and one that is gone for good.
    let change = json!({"content": format!("- [ ] {SECRET}, changed")});
    act("PATCH", format!("/api/notes/{note}"), Some(change)).await;
    act("POST", format!("/api/notes/{archived}/archive"), None).await;
    for thrown_away in [&trashed, &gone] {
        act("DELETE", format!("/api/notes/{thrown_away}"), None).await;
    }
    act("DELETE", format!("/api/notes/{gone}/permanent"), None).await;
    // A file, one that is on its way, and one whose bytes are still there.
    let path = format!("/api/notes/{note}/attachments?name={SECRET}.txt&alt={SECRET}");
    let mut attachments = Vec::new();
    for _ in 0..2 {
        let added = service.bytes(who, "POST", &path, &[], SECRET).await.json();
        let id = added.is(201).body["id"].as_str().unwrap().to_owned();
        attachments.push(id);
    }
    let [attachment, deleted] = attachments.try_into().unwrap();
    act("DELETE", format!("/api/attachments/{deleted}"), None).await;
    let path = format!("/api/notes/{note}/uploads");
    let headers = [("upload-length", "10")];
    let upload = service.request(Some(who), "POST", &path, &headers, None);
    let upload = upload.await.is(201).body["id"].as_str().unwrap().to_owned();
    let sessions = service.send(who, "GET", "/api/sessions").await.is(200);
    let session = sessions.body["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/webhooks/{webhook}/deliveries");
    let deliveries = service.send(who, "GET", &path).await.is(200);
    let delivery = deliveries.body["items"][0]["id"].as_str().unwrap();
    // What a mail would hold; the service of these tests sends none.
    let me = service.send(who, "GET", "/api/me").await.is(200);
    let email = me.body["email"].as_str().unwrap();
    let store = &service.app.store;
    let link = store.create_link(Purpose::VerifyAddress, email).await;
    assert!(link.unwrap().is_some());
    // A browser of hers, a reminder on its way to it, and a page that is open.
    let mut browser = subscription();
    browser["endpoint"] = format!("https://push.example.net/{SECRET}").into();
    browser["keys"]["auth"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
    let subscription = create("/api/push/subscriptions", browser).await;
    let settings = json!({"showTitle": true});
    act("PATCH", "/api/me/reminders".to_owned(), Some(settings)).await;
    let due = json!({"title": title, "reminderAt": "2020-01-01T00:00:00Z"});
    create("/api/notes?", due).await;
    assert_eq!(store.fire_reminders().await.unwrap(), 1);
    let page = service
        .client
        .get("/api/events")
        .header("cookie", &who.cookie);
    let page = page.send().await;
    store.write_listeners().await.unwrap();
    drop(page);
    // A passkey, codes of an app, and a ceremony under way.
    let (_, passkey) = passkeys::add(service, who, &format!("{SECRET} phone")).await;
    let passkey = passkey.body["passkey"]["id"].as_str().unwrap().to_owned();
    factors::turn_on(service, who).await;
    let password = json!({"currentPassword": PASSWORD});
    act("POST", "/api/passkeys/options".to_owned(), Some(password)).await;
    link_provider_identity(service, who).await;
    let identities = service.send(who, "GET", "/api/me/identities").await.is(200);
    let identity = identities.body["items"][0]["id"].as_str().unwrap();
    let identity = identity.to_owned();
    // A link, a recipient, and an invitation that nobody accepts.
    let path = format!("/api/notes/{note}");
    let link = create(&format!("{path}/links"), json!({"label": SECRET})).await;
    let username = me.body["username"].as_str().unwrap();
    let friend = service.person(&format!("friend-of-{username}")).await;
    let offer = |name: &str| json!({"email": format!("{name}-of-{username}@example.com"), "right": "write"});
    let shares = format!("{path}/shares");
    let offered = create(&shares, offer("friend")).await;
    let accept = format!("/api/invitations/{offered}/accept");
    service.send(&friend, "POST", &accept).await.is(200);
    let invitation = create(&shares, offer("nobody")).await;
    let listed = service.send(who, "GET", &shares).await.is(200);
    let share = listed.body["items"][0]["id"].as_str().unwrap().to_owned();
    Ids {
        note,
        trashed,
        archived,
        label,
        session,
        token,
        filter,
        webhook,
        delivery: delivery.to_owned(),
        subscription,
        passkey,
        identity,
        link,
        share,
        invitation,
        attachment,
        upload,
    }
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

/// Returns all rows of a user as text, by table.
async fn rows(service: &Service, username: &str) -> BTreeMap<String, Vec<String>> {
    // The schema is the same for all services over one kind of database, and long to ask for.
    static POSTGRES: OnceCell<Vec<(String, String)>> = OnceCell::const_new();
    static SQLITE: OnceCell<Vec<(String, String)>> = OnceCell::const_new();
    let db = service.app.store.db();
    let backend = db.get_database_backend();
    let known = match backend {
        DbBackend::Postgres => &POSTGRES,
        _ => &SQLITE,
    };
    let ask = async |sql: &str, values: Vec<Bound>| {
        db.query_all_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap()
    };
    let user: Uuid = ask(
        "SELECT id FROM users WHERE username = $1",
        vec![username.into()],
    )
    .await[0]
        .try_get_by_index(0)
        .unwrap();
    let tables = known
        .get_or_init(async || {
            let mut tables = Vec::new();
            for table in ask(tables_of_users(backend), Vec::new()).await {
                let (name, text): (String, String) = (
                    table.try_get_by_index(0).unwrap(),
                    table.try_get_by_index(1).unwrap(),
                );
                let owner = if name == "users" { "id" } else { "user_id" };
                let sql = format!("SELECT '{name}', {text} FROM {name} t WHERE {owner} = $1");
                tables.push((name, sql));
            }
            tables
        })
        .await;
    let mut found: BTreeMap<String, Vec<String>> = tables
        .iter()
        .map(|(name, _)| (name.clone(), Vec::new()))
        .collect();
    let every: Vec<&str> = tables.iter().map(|(_, sql)| sql.as_str()).collect();
    let sql = format!("{} ORDER BY 1, 2", every.join(" UNION ALL "));
    for row in ask(&sql, vec![user.into()]).await {
        let (name, text): (String, String) = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
        );
        found.get_mut(&name).unwrap().push(text);
    }
    found
}

/// Returns the statement that lists the tables with rows of users, each with an expression over all columns.
fn tables_of_users(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => {
            "SELECT m.name, group_concat('quote(t.' || c.name || ')', ' || '' '' || '), max(c.name = 'user_id') FROM sqlite_master m \
             JOIN pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name HAVING max(c.name = 'user_id') OR m.name = 'users'"
        }
        _ => {
            "SELECT table_name::text, 'row_to_json(t)::text' FROM information_schema.columns WHERE table_schema = 'public' \
             AND (column_name = 'user_id' OR table_name = 'users') GROUP BY table_name"
        }
    }
}

/// Asserts that the owner has rows in every table, since an empty table would make the test meaningless.
fn assert_owns_something_everywhere(rows: &BTreeMap<String, Vec<String>>) {
    let empty: Vec<_> = rows
        .iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(table, _)| table.as_str())
        .collect();
    assert!(
        empty.is_empty(),
        "`create_all_data` creates no rows in {empty:?}"
    );
}
