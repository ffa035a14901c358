//! Values of examples, by the names of properties.

use serde_json::{Value, json};

use super::Place;

pub(super) const UUID: &str = "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b";
pub(super) const TIME: &str = "2026-05-04T09:30:00Z";
pub(super) const BYTES: &str = "the bytes of the file";
/// Stands where no sample is known; a test finds it.
pub(super) const NONE: &str = "NO SAMPLE";

/// Another identifier than [`UUID`].
const LABEL: &str = "01976c8e-4f1a-7c3e-9d2b-000000000001";

/// The value at a place, null for none, if a sample is known. Identifiers, times, numbers and words of a list need none.
pub(super) fn of(place: Place<'_>) -> Option<Value> {
    Some(match (place.within, place.owner, place.property) {
        // What does not go together.
        ("TokenList", "Token", "token")
        | (_, "BatchOperation", "color")
        | (_, "BatchOutcome", "code" | "detail")
        | (_, "Credentials", "email")
        | (_, "Note", "html" | "trashedAt")
        | (_, "NoteTarget", "after")
        | (_, "Problem", "errors") => Value::Null,
        (_, "BatchOperation", "op") => json!("addLabel"),
        (_, "Checklist", "total") => json!(2),
        (_, "FieldProblem", "code") => json!("too_long"),
        (_, "ImportRemark", "file") => json!("recipes/eggs.md"),
        (_, "ImportRemark", "code") => json!("time"),
        (_, "Item" | "ItemPatch", "text") => json!("eggs"),
        (_, "Label" | "NewLabel" | "LabelPatch" | "PortableLabel", "name") => json!("Errands"),
        (_, "PortableNote", "labels") => json!(["Errands"]),
        (_, "Export", "labels") => json!([{"name": "Errands", "color": "green"}]),
        (_, "Piece", "text") => json!("buy eggs"),
        (_, "Piece", "found") => json!(true),
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
        (_, "Session", "current") => json!(true),
        (_, "Imported", "attachments") => json!(3),
        (_, "Usage", "notes") => json!(12),
        (_, "Usage", "notesLimit") => json!(10_000),
        (_, "Usage", "labelsLimit") => json!(200),
        (_, "Export", "version") => json!(1),

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
        (_, _, "email") => json!("ada@example.com"),
        (_, _, "expiresInDays") => json!(90),
        (_, _, "field") => json!("/title"),
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
        (_, _, "reason") => json!("is no Markdown"),
        (_, _, "requestId") => json!("01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a"),
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
