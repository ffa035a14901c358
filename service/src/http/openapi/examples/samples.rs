//! Sample values for examples, by schema and property name.

use serde_json::{Value, json};

use super::Place;

pub(super) const UUID: &str = "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b";
pub(super) const TIME: &str = "2026-05-04T09:30:00Z";
pub(super) const BYTES: &str = "the bytes of the file";
/// Placeholder for a value without a sample; a test fails if the document contains it.
pub(super) const NONE: &str = "NO SAMPLE";

/// Identifier of a label, different from [`UUID`].
const LABEL: &str = "01976c8e-4f1a-7c3e-9d2b-000000000001";

/// Returns the sample for a place: `Value::Null` to omit the property, or none if the schema itself is enough, as for identifiers, times, numbers and
/// enumerations.
pub(super) fn find_sample(place: Place<'_>) -> Option<Value> {
    Some(match (place.within, place.owner, place.property) {
        // Properties that exclude others of the same object.
        ("TokenList", "Token", "token")
        | ("NoteLinkList", "NoteLink", "token")
        | (_, "Share", "username")
        | (_, "BatchOperation", "color")
        | (_, "BatchOutcome", "code" | "detail")
        | (_, "Credentials", "email")
        | (_, "Note", "html" | "trashedAt")
        | (_, "NoteTarget", "after")
        | (_, "FilterQuery" | "SavedQuery" | "PortableQuery", "sort")
        | (_, "Webhook", "disabledAt" | "disabledReason")
        | ("WebhookList", "Webhook", "secret")
        | (_, "WebhookDelivery" | "WebhookPing", "failure")
        | (_, "NewToken", "scopes")
        | (_, "SecondFactorProof", "recoveryCode" | "credential")
        | (_, "Problem", "errors") => Value::Null,
        (_, "BatchOperation", "op") => json!("addLabel"),
        (_, "Checklist", "total") => json!(2),
        (_, "FieldProblem", "code") => json!("too_long"),
        (_, "ImportRemark", "file") => json!("recipes/eggs.md"),
        (_, "ImportRemark", "code") => json!("time"),
        (_, "Item" | "ItemPatch", "text") => json!("eggs"),
        (_, "Label" | "NewLabel" | "LabelPatch" | "PortableLabel", "name") => json!("Errands"),
        (_, "PortableNote" | "PortableQuery", "labels") => json!(["Errands"]),
        (_, "SavedFilter" | "NewFilter" | "FilterPatch" | "PortableFilter", "name") => {
            json!("Errands with eggs")
        }
        (_, "Webhook" | "NewWebhook" | "WebhookPatch", "name") => json!("automation at home"),
        (_, "Webhook" | "NewWebhook" | "WebhookPatch", "url") => {
            json!("https://hooks.example.com/notes")
        }
        (_, "Webhook" | "WebhookPatch", "enabled") => json!(true),
        (_, "Webhook", "secret") => json!("whsec_EXAMPLE"),
        (_, "Webhook", "failures") => json!(0),
        (_, "WebhookDelivery", "state") => json!("delivered"),
        (_, "WebhookPing", "delivered") => json!(true),
        (_, "WebhookPing", "milliseconds") => json!(48),
        (_, _, "statusCode") => json!(204),
        (_, "Export", "labels") => json!([{"name": "Errands", "color": "green"}]),
        (_, "Piece", "text") => json!("buy eggs"),
        (_, "Piece", "found") => json!(true),
        (_, "FactorList", "secondStep" | "totp") => json!(true),
        (_, "FactorList", "recoveryCodesLeft") => json!(10),
        (_, "Passkey" | "PasskeyRegistration" | "PasskeyPatch", "name") => json!("Ada's phone"),
        (_, "PasskeyProof", "credential") => json!({
            "id": "TzFkYUV4YW1wbGU",
            "rawId": "TzFkYUV4YW1wbGU",
            "type": "public-key",
            "response": {
                "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                "authenticatorData": "RVhBTVBMRQ",
                "signature": "RVhBTVBMRQ",
                "userHandle": "AZdsjk8afD6dK1pvfo2cCw",
            },
            "clientExtensionResults": {},
        }),
        (_, "PasskeyRegistration", "credential") => json!({
            "id": "TmV3RXhhbXBsZQ",
            "rawId": "TmV3RXhhbXBsZQ",
            "type": "public-key",
            "response": {
                "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
                "attestationObject": "RVhBTVBMRQ",
                "transports": ["internal"],
            },
            "clientExtensionResults": {},
        }),
        (_, "PasskeyOptions", "options") => json!({
            "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
            "rpId": "notes.example.com",
            "allowCredentials": [],
            "userVerification": "required",
            "timeout": 240_000,
        }),
        (_, "PendingSignIn", "factors") => json!(["totp", "recoveryCode"]),
        (_, "Session", "signedInBy") => json!(["password", "totp"]),
        (_, "SecondFactorProof" | "TotpConfirmation" | "TotpEnd", "code") => json!("287082"),
        (_, "TotpEnrolment", "secret") => json!("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
        (_, "TotpEnrolment", "uri") => {
            json!(
                "otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com"
            )
        }
        (_, _, "recoveryCodes") => json!(["7k2m-9xq4-p0tc-w3hd"]),
        (_, "Token", "scopes") => json!(["notes:read", "labels:read", "account:read", "export"]),
        ("Note" | "AttachmentList", "Attachment", "noteVersion") => Value::Null,
        (_, "Attachment", "noteVersion") => json!(8),
        (_, "Note", "attachmentCount") => json!(1),
        (_, "Upload", "complete") => json!(false),
        (_, "Upload", "length") => json!(12_582_912),
        (_, "Upload", "offset") => json!(4_194_304),
        (_, "Attachment", "hasThumbnail" | "inline") => json!(true),
        (_, "Problem", "code") => json!("not_found"),
        (_, "Problem", "status") => json!(404),
        (_, "Problem", "title") => json!("not found"),
        (_, "Problem", "type") => json!("about:blank"),
        (_, "NoteLink" | "OpenedLink", "token") => json!("EXAMPLE-OF-A-TOKEN"),
        (_, "Share", "since") => json!(TIME),
        (_, "Identity", "issuer") => json!("https://login.example.com"),
        (_, "Identity", "label") => json!("ada@example.com"),
        (_, "ProviderAddress", "location") => json!(
            "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
        ),
        (_, "Session", "current") => json!(true),
        (_, "SignInProvider", "name") => json!("Example"),
        (_, "Imported", "attachments") => json!(3),
        (_, "Usage", "notes") => json!(12),
        (_, "Usage", "notesLimit") => json!(10_000),
        (_, "Usage", "labelsLimit") => json!(200),
        (_, "Usage", "attachmentBytes") => json!(482_133),
        (_, "Usage", "attachmentBytesLimit") => json!(1_073_741_824),
        (_, "Export", "version") => json!(1),

        (_, "NewPushSubscription", "expirationTime") => Value::Null,
        // Parameters.
        ("", "", "Idempotency-Key" | "account") => json!(UUID),
        ("", "", "If-Match" | "If-None-Match") => json!("\"7\""),
        ("", "", "Last-Event-ID") => json!(42),
        ("", "", "Tus-Resumable") => json!("1.0.0"),
        ("", "", "Upload-Length") => json!(12_582_912),
        ("", "", "Upload-Offset") => json!(4_194_304),
        ("", "", "Upload-Metadata") => json!("filename a2l0Y2hlbi5qcGc=,filetype aW1hZ2UvanBlZw=="),
        ("", "", "labelId") => json!([LABEL]),
        ("", "", "code" | "state") => json!("EXAMPLE"),
        ("", "", "error") => json!("access_denied"),
        ("", "", "iss") => json!("https://login.example.com"),
        ("", "", "offset") => json!("+02:00"),
        ("", "", "name") => json!("kitchen.jpg"),
        ("", "", "limit") => json!(20),
        ("", "", "hasReminder" | "pinned" | "download") => json!(true),
        // Path parameter of a link.
        ("", "", "token") => json!("u3fPz0bJ8s1QkqX2v7n5Yw4RtHcLmA9dEoGiBxVZ6TM"),
        (_, _, "auth") => json!("BTBZMqHH6r4Tts7J_aSIgg"),
        (_, _, "endpoint") => json!("https://push.example.net/send/kX3b"),
        (_, _, "p256dh" | "publicKey") => {
            json!(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            )
        }
        (_, _, "recoveryCode") => json!("7k2m-9xq4-p0tc-w3hd"),
        (_, _, "credential") => json!({"rawId": "TzFkYUV4YW1wbGU", "type": "public-key"}),
        (_, _, "failure") => json!("answered with status 503"),
        (_, _, "rule") => json!("FREQ=WEEKLY;BYDAY=MO,FR"),
        (_, _, "start") => json!("2026-05-04T11:30:00"),
        (_, _, "timeZone") => json!("Europe/Berlin"),

        (_, "Attachment" | "AttachmentPatch" | "Upload", "name") => json!("kitchen.jpg"),
        (_, "Attachment", "bytes") => json!(482_133),
        (_, _, "alt") => json!("A kitchen with a blue door"),
        (_, _, "mediaType") => json!("image/jpeg"),
        (_, _, "sha256") => {
            json!("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        }
        (_, _, "width") => json!(1600),
        (_, _, "height") => json!(1200),
        (_, _, "color") => json!("green"),
        (_, _, "content") => json!("- [x] eggs\n- [ ] cream"),
        (_, _, "currentPassword" | "password") => json!("seven quiet lanterns"),
        (_, _, "detail") => json!("no such note"),
        (_, "ReminderSettings" | "ReminderSettingsPatch", "email") => json!("away"),
        (_, _, "email") => json!("ada@example.com"),
        (_, _, "expiresInDays") => json!(90),
        (_, _, "field") => json!("/title"),
        (_, _, "label") => json!("for Grace"),
        (_, _, "owner") => json!("grace"),
        (_, _, "inviteCode") => json!("EXAMPLE-CODE"),
        (_, _, "html") => json!("<p>eggs</p>"),
        (_, _, "labelId" | "labelIds") if place.property.ends_with('s') => json!([LABEL]),
        (_, _, "labelId") => json!(LABEL),
        (_, _, "login" | "username") => json!("ada"),
        (_, _, "message") => json!("has 1001 characters, and at most 1000 are allowed"),
        (_, _, "name") => json!("backup script"),
        (_, _, "newPassword") => json!("nine patient harbours"),
        (_, _, "nextCursor" | "cursor") => json!("WyIwMTk3NmM4ZSJd"),
        (_, _, "position") => json!("a0"),
        (_, _, "q") => json!("eggs"),
        (_, _, "reason") => json!("is not valid JSON"),
        (_, _, "requestId") => json!("01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a"),
        (_, _, "returnTo") => json!("/settings"),
        (_, _, "revision" | "since") => json!(42),
        (_, _, "title") => json!("Groceries"),
        (_, _, "token") => json!("notes_pat_EXAMPLE"),
        (_, _, "userAgent") => {
            json!("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        }
        (_, _, "version") => json!(7),
        _ => return None,
    })
}
