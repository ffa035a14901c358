//! A request for each operation of the API, with identifiers of a user.

use serde_json::{Value, json};
use uuid::Uuid;

use super::subscription;
use crate::support::PASSWORD;

/// Text of the owner that must not appear in any response to others.
pub(super) const SECRET: &str = "quicksilver";

/// Identifiers of the owner's data, or of data that does not exist.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    pub(super) note: String,
    pub(super) trashed: String,
    pub(super) archived: String,
    pub(super) label: String,
    pub(super) session: String,
    pub(super) token: String,
    pub(super) filter: String,
    pub(super) webhook: String,
    pub(super) delivery: String,
    pub(super) subscription: String,
    pub(super) passkey: String,
    pub(super) identity: String,
    pub(super) link: String,
    pub(super) share: String,
    pub(super) invitation: String,
    pub(super) attachment: String,
    pub(super) upload: String,
}

impl Ids {
    /// Returns well-formed identifiers of data that does not exist.
    pub(super) fn of_nothing() -> Self {
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

    pub(super) fn all(&self) -> Vec<&str> {
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
pub(super) struct Asked {
    pub(super) path: Vec<String>,
    pub(super) query: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    pub(super) names_things: bool,
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
pub(super) fn with(body: Value) -> Asked {
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

pub(super) type How = fn(&Ids) -> Asked;

/// Requests for every operation of the document, with these identifiers wherever the operation accepts any.
pub(super) const OPERATIONS: &[(&str, How)] = &[
    // The account, its sessions and access tokens.
    ("register", |_| {
        with(json!({"email": "new@example.com", "username": "new", "password": PASSWORD}))
    }),
    ("signIn", |_| {
        with(json!({"login": "ada", "password": "a guess of somebody"}))
    }),
    ("readSignInOptions", |_| plain()),
    ("findSignedInAccount", |_| plain()),
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
    ("listSharedAttachments", |of| at(&of.note)),
    ("downloadSharedAttachment", |of| {
        at(&of.note).and(&of.attachment)
    }),
    ("readSharedThumbnail", |of| at(&of.note).and(&of.attachment)),
    ("leaveSharedNote", |of| at(&of.note)),
];
