//! Imports of small handmade files in the form of each program.

mod bounds;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::{FixedOffset, Offset as _, SecondsFormat, Utc};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::limits::{CONTENT_BYTES, TITLE_CHARS};
use crate::domain::note::{Color, Place};
use crate::domain::portable::{Identity, PortableLabel, PortableNote, PortableRevision};
use crate::domain::recurrence::Recurrence;

/// All items that an import emits.
struct Taken {
    notes: Vec<PortableNote>,
    labels: Vec<PortableLabel>,
    report: Report,
}

impl Taken {
    /// Returns the remarks as `file:line: code`, without the count.
    fn remarks(self) -> Vec<String> {
        let remarks = self.report.into_remarks();
        remarks
            .iter()
            .map(|remark| {
                let line = remark.line.map_or(String::new(), |line| format!(":{line}"));
                format!("{}{line}: {}", remark.file, remark.code)
            })
            .collect()
    }
}

fn options(hint: Hint) -> Options {
    Options {
        hint,
        zone: Utc.fix(),
        most_entries: 1_000,
        most_bytes: 64 * 1024 * 1024,
        files: None,
    }
}

fn taken_with(bytes: &[u8], options: &Options) -> Result<Taken, Error> {
    let (mut notes, mut labels) = (Vec::new(), Vec::new());
    let report = read_import(Cursor::new(bytes), options, &|| true, &mut |found| {
        match found {
            Found::Label(label) => labels.push(label),
            Found::Filter(_) => {}
            Found::Note(found) => notes.push(found.note),
            Found::File(_) => unreachable!("files are not wanted"),
        }
        ControlFlow::Continue(())
    })?;
    Ok(Taken {
        notes,
        labels,
        report,
    })
}

fn taken(bytes: &[u8]) -> Taken {
    taken_with(bytes, &options(Hint::None)).unwrap()
}

fn markdown(text: impl AsRef<[u8]>) -> Taken {
    taken_with(text.as_ref(), &options(Hint::Markdown)).unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Builds a tar archive (POSIX ustar).
fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, data) in entries {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
        header[156] = b'0';
        header[257..262].copy_from_slice(b"ustar");
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(header);
        tar.extend(*data);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.extend([0; 1024]);
    tar
}

fn time(time: Option<chrono::DateTime<Utc>>) -> String {
    time.map_or(String::new(), |time| {
        time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    })
}

/// Returns title, text and labels of a note.
fn said(note: &PortableNote) -> (&str, &str, Vec<&str>) {
    let labels = note.labels.iter().map(String::as_str).collect();
    (&note.title, &note.content, labels)
}

#[test]
fn imports_front_matter_and_reports_invalid_values() {
    let local = markdown("---\ncreated: 2024-01-05T10:22\n---\n# Local time\n");
    assert_eq!(local.notes[0].title, "Local time");
    assert_eq!(time(local.notes[0].created_at), "2024-01-05T10:22:00Z");
    assert_eq!(local.remarks(), [":2: local_time"]);

    let other = markdown(
        "---\ncolor: \"#ff0000\"\npinned: yes\nplace: Berlin\nlayout: post\ntags: [a, b]\n---\nx\n",
    );
    let note = &other.notes[0];
    assert_eq!(
        (note.color, note.pinned, note.place),
        (Color::White, true, Place::Active)
    );
    assert_eq!(said(note), ("", "x\n", vec!["a", "b"]));
    assert_eq!((other.report.left_out, other.report.changed), (0, 3));
    assert_eq!(
        other.remarks(),
        [":2: color", ":4: front_matter", ":5: unknown_key"]
    );

    let zone = Options {
        zone: FixedOffset::east_opt(2 * 3_600).unwrap(),
        ..options(Hint::Markdown)
    };
    let local = taken_with(b"---\nDate modified: 2024-07-05 10:22\n---\n", &zone).unwrap();
    assert_eq!(time(local.notes[0].updated_at), "2024-07-05T08:22:00Z");
}

#[test]
fn imports_markdown_with_or_without_front_matter() {
    for (file, title, content) in [
        ("", "", ""),
        ("tea", "", "tea"),
        ("# Tea\n\nhot", "Tea", "hot"),
        ("#tea", "", "#tea"),
        ("---\ntea\n---\n", "", "---\ntea\n---\n"),
        ("---\ntea", "", "---\ntea"),
        ("---\r\ntitle: Tea\r\n---\r\nhot\r\n", "Tea", "hot\r\n"),
        ("---\ntitle: 2026\ntags: [a, 1]\n---\n", "2026", ""),
        ("---\ntitle:\n---\nhot", "", "hot"),
        // Not valid YAML, but unambiguous to people.
        ("---\ntitle: Tea: green\n---\nhot", "Tea: green", "hot"),
        ("---\ntitle: [a]\n---\nhot", "", "hot"),
        ("\u{feff}# Tea", "Tea", ""),
    ] {
        let read = markdown(file);
        assert_eq!(
            (read.notes[0].title.as_str(), read.notes[0].content.as_str()),
            (title, content),
            "{file:?}"
        );
    }
    let listed = markdown("---\ntitle: Tea: green\ntags:\n  - a\n  - \"b c\"\n---\n");
    assert_eq!(listed.notes[0].labels, ["a", "b c"]);
}

#[test]
fn fits_notes_to_limits_and_reports_changes() {
    let long = "x".repeat(60);
    let text = format!("---\nlabels: [{long}, a, A, \"\"]\ntitle: \"a\\0b\"\n---\n");
    let read = markdown(&text);
    assert_eq!(
        (read.notes[0].labels[0].len(), read.notes[0].labels.len()),
        (50, 3)
    );
    assert_eq!(read.notes[0].title, "ab");
    let mut remarks = read.remarks();
    remarks.sort();
    assert_eq!(remarks, [": label", ": nul"]);

    let many: Vec<String> = (0..25).map(|number| format!("l{number}")).collect();
    let read = markdown(format!("---\ntags: [{}]\n---\n", many.join(", ")));
    assert_eq!((read.notes[0].labels.len(), read.report.changed), (20, 5));

    let title = "t".repeat(TITLE_CHARS + 1);
    let read = markdown(format!("# {title}\n\ntext"));
    assert_eq!(read.notes[0].title.len(), TITLE_CHARS);
    assert_eq!(read.notes[0].content, format!("{title}\n\ntext"));

    let lines = "a line of some length\n".repeat(12_000);
    let read = markdown(format!("# Long\n\n{lines}"));
    let titles: Vec<&str> = read.notes.iter().map(|note| note.title.as_str()).collect();
    assert_eq!(titles, ["Long", "Long (2)", "Long (3)"]);
    assert!(
        read.notes
            .iter()
            .all(|note| note.content.len() <= CONTENT_BYTES && note.content.ends_with('\n'))
    );
    let all: String = read
        .notes
        .iter()
        .map(|note| note.content.as_str())
        .collect();
    assert_eq!(all, lines);
    assert_eq!(read.remarks(), [": too_long"]);
}

#[test]
fn decodes_utf16_and_latin1_and_skips_binary_files() {
    let read = taken(&zip(&[
        ("good.md", b"good"),
        ("latin.md", b"caf\xe9"),
        ("wide.txt", b"\xff\xfet\0e\0a\0"),
        ("picture.md", b"\x89PNG\0\x01"),
        ("cat.png", b"\x89PNG"),
        ("../evil.md", b"x"),
        ("README", b"x"),
        ("vault/.hidden", b"{}"),
        ("__MACOSX/._Tea.md", b"\0"),
        ("settings.json", b"{\"a\": 1}"),
    ]));
    let texts: Vec<&str> = read
        .notes
        .iter()
        .map(|note| note.content.as_str())
        .collect();
    assert_eq!(texts, ["good", "café", "tea"]);
    assert_eq!((read.report.left_out, read.report.changed), (5, 2));
    assert_eq!(
        read.remarks(),
        [
            "latin.md: encoding",
            "wide.txt: encoding",
            "picture.md: encoding",
            "../evil.md: path",
            "cat.png: format",
            "README: format",
            "settings.json: format"
        ]
    );
}

#[test]
fn imports_google_keep_archive() {
    let list = br#"{"title": "List", "isPinned": true, "isArchived": false, "isTrashed": false, "color": "TEAL",
        "listContent": [{"text": "one", "isChecked": true}, {"text": "two\nlines", "isChecked": false}],
        "labels": [{"name": "L"}], "createdTimestampUsec": 1600000000000000, "userEditedTimestampUsec": 1600000001000000}"#;
    let text = br#"{"color": "BROWN", "isTrashed": true, "isPinned": false, "isArchived": true, "title": "", "textContent": "hot\r\ntea",
        "attachments": [{"filePath": "a.png", "mimetype": "image/png"}], "userEditedTimestampUsec": 1600000000000000,
        "annotations": [{"title": "Tea", "url": "https://example.com/tea", "source": "WEBLINK"}]}"#;
    let read = taken(&zip(&[
        ("Takeout/Keep/List.json", list),
        ("Takeout/Keep/List.html", b"<html><body>List</body></html>"),
        ("Takeout/Keep/Text.json", text),
        ("Takeout/Keep/Labels.txt", b"L\n"),
    ]));
    let note = &read.notes[0];
    assert_eq!(
        said(note),
        ("List", "- [x] one\n- [ ] two lines", vec!["L"])
    );
    assert_eq!(
        (note.color, note.pinned, note.place),
        (Color::Teal, true, Place::Active)
    );
    assert_eq!(time(note.created_at), "2020-09-13T12:26:40Z");
    assert_eq!(time(note.updated_at), "2020-09-13T12:26:41Z");
    let note = &read.notes[1];
    assert_eq!(note.content, "hot\ntea\n\n[Tea](<https://example.com/tea>)");
    assert_eq!(note.place, Place::Trash);
    assert_eq!(read.notes.len(), 2);
    assert_eq!(
        read.remarks(),
        [
            "Takeout/Keep/List.html: copy",
            "Takeout/Keep/Text.json: color",
            "Takeout/Keep/Labels.txt: copy",
            "Takeout/Keep/Text.json: attachment"
        ]
    );
}

#[test]
fn imports_joplin_archive() {
    let id = |number: u32| format!("{number:032x}");
    let note = format!(
        "Tea\n\nhot\n\nid: {}\nparent_id: {}\ncreated_time: 2024-01-05T10:22:00.000Z\nupdated_time: 2024-01-06T10:22:00.000Z\nis_todo: 1\n\
         todo_due: 1704450120000\ntodo_completed: 0\nmarkup_language: 1\ntype_: 1",
        id(1),
        id(2)
    );
    let html = format!(
        "Page\n\n<p><b>a</b></p>\n\nid: {}\nparent_id: \nmarkup_language: 2\ndeleted_time: 1704450120000\ntype_: 1",
        id(7)
    );
    let secret = format!("\n\nid: {}\nencryption_applied: 1\ntype_: 1", id(8));
    let book = format!("Kitchen\n\nid: {}\nparent_id: \ntype_: 2", id(2));
    let tag = format!("hot\n\nid: {}\ntype_: 5", id(3));
    let tagged = format!(
        "id: {}\nnote_id: {}\ntag_id: {}\ntype_: 6",
        id(4),
        id(1),
        id(3)
    );
    let file = format!("a.png\n\nid: {}\nmime: image/png\ntype_: 4", id(5));
    let entries: Vec<(String, &[u8])> = vec![
        (format!("{}.md", id(1)), note.as_bytes()),
        (format!("{}.md", id(7)), html.as_bytes()),
        (format!("{}.md", id(8)), secret.as_bytes()),
        (format!("{}.md", id(2)), book.as_bytes()),
        (format!("{}.md", id(3)), tag.as_bytes()),
        (format!("{}.md", id(4)), tagged.as_bytes()),
        (format!("{}.md", id(5)), file.as_bytes()),
        ("resources/a.png".to_owned(), b"\x89PNG"),
    ];
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, data)| (name.as_str(), *data))
        .collect();
    for archive in [tar(&entries), zip(&entries)] {
        let read = taken(&archive);
        assert_eq!(
            said(&read.notes[0]),
            ("Tea", "- [ ] Tea\n\nhot", vec!["Kitchen", "hot"])
        );
        assert_eq!(time(read.notes[0].reminder_at), "2024-01-05T10:22:00Z");
        assert_eq!(time(read.notes[0].updated_at), "2024-01-06T10:22:00Z");
        assert_eq!(
            read.notes[0].identity,
            Identity::Foreign(format!("joplin:{}", id(1)))
        );
        assert_eq!(
            (said(&read.notes[1]), read.notes[1].place),
            (("Page", "**a**", vec![]), Place::Trash)
        );
        assert_eq!(read.notes.len(), 2);
        let secret = format!("{}.md: encrypted", id(8));
        let file = format!("{}.md: attachment", id(5));
        assert_eq!(
            read.remarks(),
            [secret.as_str(), "resources/a.png: format", &file]
        );
    }
}

#[test]
fn imports_evernote_export() {
    let enex = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">
<en-export export-date="20240105T102200Z" application="Evernote" version="10">
<note><title>Tea &amp; milk</title><content><![CDATA[<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">
<en-note><div><en-todo checked="true"/>green</div><div><en-todo/>black</div><div>and <b>hot</b></div>
<ul style="--en-todo:true"><li style="--en-checked:false;"><div>cup</div></li></ul></en-note>]]></content>
<created>20240105T102200Z</created><updated>20240106T102200Z</updated><tag>a</tag><tag>b</tag>
<note-attributes><author>x</author><reminder-time>20310105T102200Z</reminder-time></note-attributes>
<resource><data encoding="base64">iVBORw0KGgo=</data><mime>image/png</mime><resource-attributes><file-name>a.png</file-name></resource-attributes></resource>
</note>
<note><title>Second</title><content><![CDATA[<en-note>text</en-note>]]></content><created>yesterday</created></note>
</en-export>"#;
    let read = taken(enex.as_bytes());
    let note = &read.notes[0];
    assert_eq!(
        said(note),
        (
            "Tea & milk",
            "- [x] green\n- [ ] black\n\nand **hot**\n\n- [ ] cup",
            vec!["a", "b"]
        )
    );
    assert_eq!(time(note.created_at), "2024-01-05T10:22:00Z");
    assert_eq!(time(note.reminder_at), "2031-01-05T10:22:00Z");
    assert_eq!(said(&read.notes[1]), ("Second", "text", vec![]));
    assert_eq!(read.remarks(), [":12: time", ":4: attachment"]);
}

#[test]
fn does_not_expand_xml_entities() {
    let mut bomb = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE x [\n<!ENTITY a0 \"ha\">\n");
    for level in 1..20 {
        let last = format!("&a{};", level - 1).repeat(10);
        let _ = writeln!(bomb, "<!ENTITY a{level} \"{last}\">");
    }
    bomb.push_str(
        "]>\n<en-export><note><title>&a19;</title><content>x</content></note></en-export>",
    );
    let read = taken(bomb.as_bytes());
    assert_eq!(read.notes[0].title, "&a19;");
}

#[test]
fn imports_notes_before_damage_in_evernote_export() {
    let read =
        taken(b"<en-export><note><title>a</title><content>x</content></note>\n<note><title>b</tit");
    assert_eq!(read.notes.len(), 1);
    assert_eq!(read.report.left_out, 1);
}

#[test]
fn imports_obsidian_vault() {
    let read = taken(&zip(&[
        ("vault/.obsidian/app.json", b"{}"),
        ("vault/Tea.md", b"---\naliases: [Cha]\ntags:\n  - drink\ncreated: 2024-01-05\n---\nSee [[Milk|the milk]] #hot/very ![[cup.png]]"),
        ("vault/cup.png", b"\x89PNG"),
    ]));
    let note = &read.notes[0];
    assert_eq!(
        said(note),
        (
            "Tea",
            "See [[Milk|the milk]] #hot/very ![[cup.png]]",
            vec!["drink", "hot/very"]
        )
    );
    assert_eq!(
        read.remarks(),
        [
            "vault/Tea.md: attachment",
            "vault/cup.png: attachment",
            "vault/Tea.md:2: unknown_key"
        ]
    );
}

#[test]
fn imports_notesnook_archive() {
    let page = "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head><title>Tea - Notesnook</title>\n<meta name=\"created-at\" content=\"05-01-2024 10:22 PM\" />\n\
                <meta name=\"pinned\" content=\"true\" />\n<meta name=\"color\" content=\"red\" />\n<meta name=\"tags\" content=\"a, b\" />\n<style>p{}</style></head>\n\
                <body><h1>Tea</h1>\n<ul class=\"checklist\"><li class=\"checked\"><p>hot</p></li></ul></body></html>";
    let text = "---\ntitle: \"Milk\"\ncreated_at: 05-01-2024 10:22 PM\nupdated_at: 06-01-2024 10:22 PM\nfavorite: true\ntags: a, b\n---\n\n# Milk\n\ncold";
    let read = taken(&zip(&[
        ("Tea.html", page.as_bytes()),
        ("Milk.md", text.as_bytes()),
    ]));
    let note = &read.notes[0];
    assert_eq!(
        (note.title.as_str(), note.labels.join(" ").as_str()),
        ("Tea", "a b")
    );
    assert!(!note.content.contains("Tea"), "{}", note.content);
    assert_eq!((note.pinned, note.color), (true, Color::Red));
    assert_eq!(time(note.created_at), "2024-01-05T22:22:00Z");
    let note = &read.notes[1];
    assert_eq!(said(note), ("Milk", "cold", vec!["a", "b"]));
    assert_eq!(time(note.updated_at), "2024-01-06T22:22:00Z");
}

#[test]
fn imports_simplenote_archive() {
    let notes = br#"{"activeNotes": [{"id": "x1", "content": "Tea\r\n\r\nhot", "creationDate": "2024-01-05T10:22:00.000Z",
        "lastModified": "2024-01-06T10:22:00.000Z", "tags": ["a"], "pinned": true}], "trashedNotes": [{"id": "x2", "content": "- [ ] milk"}]}"#;
    let read = taken(&zip(&[
        ("source/notes.json", notes),
        ("Tea.txt", b"Tea\n\nhot"),
        ("trash/milk.txt", b"- [ ] milk"),
    ]));
    assert_eq!(said(&read.notes[0]), ("Tea", "hot", vec!["a"]));
    assert!(read.notes[0].pinned);
    assert_eq!(
        (said(&read.notes[1]), read.notes[1].place),
        (("", "- [ ] milk", vec![]), Place::Trash)
    );
    assert_eq!(read.notes.len(), 2);
    assert_eq!(taken(notes).notes, read.notes);
    assert_eq!(read.remarks(), ["Tea.txt: copy", "trash/milk.txt: copy"]);
}

#[test]
fn imports_standard_notes_backup() {
    let backup = br#"{"version": "004", "items": [
        {"uuid": "n1", "content_type": "Note", "created_at": "2024-01-05T10:22:00.000Z", "updated_at": "2024-01-07T10:22:00.000Z",
         "content": {"title": "Tea", "text": "hot", "trashed": false,
            "appData": {"org.standardnotes.sn": {"pinned": true, "archived": true, "client_updated_at": "2024-01-06T10:22:00.000Z"}}}},
        {"uuid": "n2", "content_type": "Note", "content": {"title": "Super", "noteType": "super", "text": "{\"root\":{\"children\":[{\"type\":\"heading\",\"tag\":\"h2\",\"children\":[{\"type\":\"text\",\"text\":\"Shop\"}]},{\"type\":\"list\",\"listType\":\"check\",\"children\":[{\"type\":\"listitem\",\"checked\":true,\"children\":[{\"type\":\"text\",\"text\":\"milk\"}]}]}]}}"}},
        {"uuid": "n3", "content_type": "Note", "content": "004:abc"},
        {"uuid": "t1", "content_type": "Tag", "content": {"title": "drink", "references": [{"uuid": "n1", "content_type": "Note"}]}}]}"#;
    let read = taken(&zip(&[
        ("Standard Notes Backup and Import File.txt", backup),
        ("Items/Note/Tea-n1.txt", b"hot"),
    ]));
    let note = &read.notes[0];
    assert_eq!(said(note), ("Tea", "hot", vec!["drink"]));
    assert_eq!((note.pinned, note.place), (true, Place::Archived));
    assert_eq!(time(note.updated_at), "2024-01-06T10:22:00Z");
    assert_eq!(read.notes[1].content, "## Shop\n\n- [x] milk");
    assert_eq!(read.notes.len(), 2);
    assert_eq!(
        read.remarks(),
        [
            "Standard Notes Backup and Import File.txt: encrypted",
            "Items/Note/Tea-n1.txt: copy"
        ]
    );
    assert_eq!(taken(backup).notes.len(), 2);
}

#[test]
fn imports_html_pages_by_hint_or_content() {
    let read = taken_with(
        b"<title>Tea</title><script>alert(1)</script><ul><li>gr<b>ee</b>n",
        &options(Hint::Html),
    )
    .unwrap();
    assert_eq!(said(&read.notes[0]), ("Tea", "- gr**ee**n", vec![]));
    // Without a hint, the file must start like one.
    assert_eq!(taken(b"<!DOCTYPE html><p>a").notes[0].content, "a");
    for (text, hint, notes) in [
        (&b"words"[..], Hint::None, 1),
        (b"words", Hint::Data, 0),
        (b"<a><b/></a>", Hint::Data, 0),
        (b"<a><b/></a>", Hint::None, 0),
        (b"{\"a\": 1}", Hint::None, 0),
        (b"{\"a\": 1}", Hint::Markdown, 1),
        (b"<html>", Hint::Markdown, 1),
        (b"\xffPK\x03\x04", Hint::Markdown, 0),
    ] {
        let read = taken_with(text, &options(hint)).unwrap();
        assert_eq!(
            (read.notes.len(), read.report.left_out),
            (notes, 1 - notes as u64),
            "{hint:?}"
        );
    }
    assert!(taken_with(b"words", &options(Hint::Archive)).is_err());
    let huge = taken_with(&vec![b' '; 3 * 1024 * 1024], &options(Hint::Html)).unwrap();
    assert_eq!(huge.remarks(), [": too_long"]);
}

#[test]
fn imports_own_json_and_reports_invalid_values() {
    let document = br##"{"format": "notes", "version": 1, "more": [1, {"a": "b"}],
"labels": [{"name": "Home", "color": "green"}, {"name": " ", "color": "red"}, {"name": "x", "color": "#fff"}],
"notes": [
{"title": "good", "labels": ["Home", 1], "version": 7, "revisions": [{"version": 3, "title": "was", "content": "so", "replacedAt": "2024-01-05T10:22:00Z"}, 5]},
{"titel": "a"},
"no note",
{"title": 5, "pinned": "yes", "color": "mauve", "place": "Berlin", "reminderAt": "9999-12-31T23:59:59-23:59", "labels": "Home"},
{"content": "last", "id": "018f0000-0000-7000-8000-000000000001"}
]}"##;
    let read = taken(document);
    let labels: Vec<_> = read
        .labels
        .iter()
        .map(|label| (label.name.as_str(), label.color))
        .collect();
    assert_eq!(labels, [("Home", Color::Green), ("x", Color::White)]);
    assert_eq!(read.notes.len(), 4);
    assert_eq!(
        (read.notes[0].version, read.notes[0].revisions.len()),
        (Some(7), 1)
    );
    assert_eq!(read.notes[0].revisions[0].title, "was");
    assert_eq!(
        read.notes[2],
        PortableNote::with_text(String::new(), String::new())
    );
    assert_eq!(read.notes[3].content, "last");
    assert!(matches!(read.notes[3].identity, Identity::Id(_)));
    let mut remarks = read.remarks();
    remarks.sort();
    assert_eq!(
        remarks,
        [
            ":1: unknown_key",
            ":2: color",
            ":4: history",
            ":4: kind",
            ":5: unknown_key",
            ":6: note",
            ":7: color",
            ":7: kind",
            ":7: kind",
            ":7: kind",
            ":7: place",
            ":7: time"
        ]
    );
    for (text, notes) in [
        (
            &b"{\"format\": \"notes\", \"version\": 1, \"notes\": [{\"title\": \"a\"}, {\"ti"[..],
            1,
        ),
        (
            b"{\"format\": \"notes\", \"version\": 2, \"notes\": [{}]}",
            0,
        ),
        (b"{\"format\": \"notes\", \"version\": 1, \"notes\": {}}", 0),
        (b"{\"format\": \"other\"}", 0),
        (b"[]", 0),
        (b"{\"format\": \"notes\"", 0),
    ] {
        let read = taken(text);
        assert_eq!(
            (read.notes.len(), read.report.left_out),
            (notes, 1),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn limits_unpacked_size_of_archives() {
    let zeroes = vec![b'0'; 16 * 1024 * 1024];
    let read = taken(&zip(&[("bomb.md", &zeroes), ("good.md", b"x")]));
    assert_eq!((read.notes.len(), read.report.left_out), (1, 1));
    // Many values of maximum size: those before the limit are imported.
    let data = vec![b'a'; 100 * 1024];
    let names: Vec<String> = (0..400).map(|number| format!("{number}.md")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), data.as_slice()))
        .collect();
    let small = Options {
        most_bytes: 1024 * 1024,
        ..options(Hint::None)
    };
    let read = taken_with(&zip(&entries), &small).unwrap();
    assert_eq!(
        (
            read.notes.len() as u64 + read.report.left_out,
            read.notes.len()
        ),
        (400, 10)
    );
    // A directory above the limit is not read to its end.
    let names: Vec<String> = (0..5_000).map(|number| number.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let refused = taken_with(
        &zip(&entries),
        &Options {
            most_entries: 100,
            ..small
        },
    );
    assert!(
        refused
            .err()
            .unwrap()
            .to_string()
            .contains("more than 100 entries")
    );
}

#[test]
fn handles_damaged_archives() {
    let whole = zip(&[("Tea.md", "hot and black ".repeat(50).as_bytes())]);
    assert_eq!(taken(&whole).notes.len(), 1);
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        // Some bytes have no meaning; none may cause a panic, or a changed value without a remark.
        if let Ok(read) = taken_with(&damaged, &options(Hint::None)) {
            assert!(
                read.notes
                    .iter()
                    .all(|note| note.content.starts_with("hot and black")),
                "{at}"
            );
        }
    }
    for no_archive in [&b"PK\x03\x04"[..], &whole[..40]] {
        assert!(taken_with(no_archive, &options(Hint::None)).is_err());
    }
}

#[test]
fn handles_damaged_files() {
    let id = "0123456789abcdef0123456789abcdef";
    let samples = [
        "<en-export><note><title>a</title><content><![CDATA[<en-note><en-todo/>x</en-note>]]></content><tag>t</tag></note></en-export>".to_owned(),
        r#"{"title": "List", "isTrashed": false, "listContent": [{"text": "one"}], "userEditedTimestampUsec": 1600000000000000}"#.to_owned(),
        r#"{"activeNotes": [{"id": "x1", "content": "Tea", "tags": ["a"]}]}"#.to_owned(),
        r#"{"items": [{"uuid": "n", "content_type": "Note", "content": {"title": "T", "text": "{\"root\":{}}", "noteType": "super"}}]}"#.to_owned(),
        r#"{"format": "notes", "version": 1, "notes": [{"title": "a", "labels": ["b"], "revisions": [{"version": 1}]}]}"#.to_owned(),
        "---\ntitle: \"Milk\"\ncreated_at: 05-01-2024 10:22 PM\nupdated_at: 06-01-2024 10:22 PM\n---\n\n# Milk\n".to_owned(),
        format!("Tea\n\nhot\n\nid: {id}\nparent_id: {id}\ntodo_due: 1704450120000\ntype_: 1"),
        "<!DOCTYPE html><title>Tea - Notesnook</title><meta name=\"tags\" content=\"a, b\"><ul><li data-checked=true>x".to_owned(),
    ];
    for sample in samples {
        for hint in [Hint::None, Hint::Markdown, Hint::Html] {
            for at in 0..sample.len() {
                let mut damaged = sample.clone().into_bytes();
                damaged[at] ^= 0x55;
                // With these hints, any content is a note.
                for bytes in [&damaged[..], &damaged[..at]] {
                    let read = taken_with(bytes, &options(hint)).unwrap();
                    let told = read.notes.len() as u64 + read.report.left_out;
                    assert!(told > 0 || hint == Hint::None, "{hint:?}: {sample}");
                }
            }
        }
    }
}

#[test]
fn limits_expansion_of_yaml_aliases() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let last = format!("*a{}", level - 1);
        let _ = writeln!(bomb, "a{level}: &a{level} [{}]", vec![last; 10].join(", "));
    }
    bomb.push_str("---\nhot");
    assert_eq!(markdown(bomb).notes[0].content, "hot");
    let deep = format!("---\na: {}\n---\n", "[".repeat(10_000));
    assert_eq!(markdown(&deep).notes.len(), 1);
}

#[test]
fn stops_import_when_consumer_stops() {
    let archive = zip(&[("a.md", b"a"), ("b.md", b"b"), ("c.md", b"c")]);
    let document = br#"{"format": "notes", "notes": [{}, {}, {}]}"#;
    for bytes in [&archive[..], document] {
        let mut count = 0;
        read_import(
            Cursor::new(bytes),
            &options(Hint::None),
            &|| true,
            &mut |_| {
                count += 1;
                ControlFlow::Break(())
            },
        )
        .unwrap();
        assert_eq!(count, 1);
    }
}

#[test]
fn stops_import_of_other_files_when_unwanted() {
    let archive = zip(&[("a.png", b"a"), ("b.png", b"b"), ("c.png", b"c")]);
    let asked = std::cell::Cell::new(0);
    let is_wanted = || {
        asked.set(asked.get() + 1);
        // All files of the first two passes, and one of the third.
        asked.get() < 8
    };
    let report = read_import(
        Cursor::new(archive),
        &options(Hint::None),
        &is_wanted,
        &mut |_| ControlFlow::Continue(()),
    );
    assert_eq!((report.unwrap().left_out, asked.get()), (1, 8));
}

/// A deterministic sequence of pseudo-random numbers.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn text(&mut self, most: usize) -> String {
        const PIECES: [&str; 40] = [
            "",
            "a",
            "B",
            " ",
            "\n",
            "\r\n",
            "---\n",
            "---",
            "# ",
            "#tag ",
            "- [ ] x\n",
            "title: ",
            ":",
            "\"",
            "'",
            "\\",
            "\u{feff}",
            "\u{0}",
            "\u{b}",
            "\u{85}",
            "\u{2028}",
            "\u{fffe}",
            "\u{ffff}",
            "é",
            "e\u{301}",
            "茶",
            "🍵",
            "\u{202e}",
            "{}",
            "[[a]]",
            "<html>",
            "<b>",
            "&amp;",
            "%",
            "*",
            "~",
            "null",
            "yes",
            "\n\nid: 0123456789abcdef0123456789abcdef\ntype_: 1",
            "\t",
        ];
        let count = self.next(most + 1);
        (0..count)
            .map(|_| PIECES[self.next(PIECES.len())])
            .collect::<String>()
            .replace('\0', "")
    }

    fn time(&mut self) -> chrono::DateTime<Utc> {
        let first = chrono::DateTime::parse_from_rfc3339("0001-01-01T00:00:00Z")
            .unwrap()
            .timestamp_micros();
        let last = chrono::DateTime::parse_from_rfc3339("9999-12-31T23:59:59.999999Z")
            .unwrap()
            .timestamp_micros();
        let micros = match self.next(5) {
            0 => first,
            1 => last,
            _ => first + i64::try_from(self.0 >> 1).unwrap() % (last - first),
        };
        chrono::DateTime::from_timestamp_micros(micros).unwrap()
    }

    fn series(&mut self) -> Recurrence {
        const RULES: [&str; 4] = [
            "FREQ=DAILY",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU",
            "FREQ=MONTHLY;COUNT=7;BYDAY=1MO,-1FR",
            "FREQ=YEARLY;UNTIL=99991231T235959Z;BYMONTH=2;BYMONTHDAY=-1",
        ];
        const ZONES: [&str; 3] = ["UTC", "Europe/Berlin", "Australia/Lord_Howe"];
        let minutes = i64::try_from(self.next(30_000_000)).unwrap();
        let start = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minutes);
        Recurrence {
            rule: RULES[self.next(4)].parse().unwrap(),
            zone: crate::domain::recurrence::find_zone(ZONES[self.next(3)]).unwrap(),
            // A local time, possibly one that the clocks skip.
            start: start.naive_utc(),
        }
    }

    fn note(&mut self) -> PortableNote {
        let labels: std::collections::BTreeSet<String> = (0..self.next(4))
            .map(|_| self.text(3).trim().chars().take(50).collect())
            .collect();
        let count = i64::try_from(self.next(3)).unwrap();
        let revisions = (0..count).map(|number| PortableRevision {
            version: number + 1,
            title: self.text(4),
            content: self.text(30),
            replaced_at: self.time(),
        });
        let revisions = revisions.collect();
        PortableNote {
            identity: Identity::Id(uuid::Uuid::from_u64_pair(self.0, self.next(1 << 30) as u64)),
            version: Some(i64::try_from(self.next(1 << 20)).unwrap() + 10),
            revisions,
            color: Color::ALL[self.next(9)],
            pinned: self.next(2) == 0,
            place: Place::ALL[self.next(3)],
            labels: labels
                .into_iter()
                .filter(|label| !label.trim().is_empty())
                .map(|label| label.trim().to_owned())
                .collect(),
            reminder_at: (self.next(2) == 0).then(|| self.time()),
            recurrence: (self.next(3) == 0).then(|| self.series()),
            created_at: Some(self.time()),
            updated_at: Some(self.time()),
            ..PortableNote::with_text(self.text(8), self.text(60))
        }
    }
}

#[test]
fn reads_times_in_zone_of_value_or_file() {
    let file = "---\ntitle: Tea\nreminder: 2031-01-05T10:22 Europe/Berlin\ncreated: 2024-07-05 10:22\nupdated: 2024-07-06T10:22:00Z\n\
                timezone: America/New_York\n---\n\nhot";
    let read = taken(file.as_bytes());
    assert_eq!(time(read.notes[0].reminder_at), "2031-01-05T09:22:00Z");
    assert_eq!(time(read.notes[0].created_at), "2024-07-05T14:22:00Z");
    assert_eq!(time(read.notes[0].updated_at), "2024-07-06T10:22:00Z");
    assert_eq!(read.remarks(), [""; 0]);
    // An unknown zone is reported, and times are in the zone of the import.
    let file = "---\ncreated: 2024-07-05 10:22\ntz: Mars/Olympus\n---\n\nhot";
    let read = taken(file.as_bytes());
    assert_eq!(time(read.notes[0].created_at), "2024-07-05T10:22:00Z");
    let mut remarks = read.remarks();
    remarks.sort();
    assert_eq!(remarks, [":2: local_time", ":3: time_zone"]);
}

#[test]
fn imports_recurring_reminders() {
    let file = "---\nreminder: 2031-01-06 09:00\nrrule: RRULE:FREQ=WEEKLY;BYDAY=MO\ntimezone: Europe/Berlin\n---\n\nhot";
    let read = taken(file.as_bytes());
    let series = read.notes[0].recurrence.as_ref().unwrap();
    let text = "DTSTART;TZID=Europe/Berlin:20310106T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO";
    assert_eq!(series.to_string(), text);
    assert_eq!(time(read.notes[0].reminder_at), "2031-01-06T08:00:00Z");
    for (front, remark) in [
        (
            "rrule: FREQ=HOURLY\nreminder: 2031-01-06 09:00Z",
            ":2: recurrence",
        ),
        ("rrule: FREQ=DAILY", ":2: recurrence"),
        (
            "rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nreminder: 2031-01-06T09:00Z",
            ":2: recurrence",
        ),
        ("rrule: [1]", ":2: front_matter"),
    ] {
        let read = taken(format!("---\n{front}\n---\n\nhot").as_bytes());
        assert_eq!(read.notes[0].recurrence, None, "{front}");
        let remarks = read.remarks();
        assert!(remarks.contains(&remark.to_owned()), "{front}: {remarks:?}");
    }
    let document = br#"{"format": "notes", "version": 1, "notes": [
{"reminderAt": "2031-01-06T08:00:00Z", "recurrence": {"rule": "FREQ=DAILY", "timeZone": "Mars/Olympus"}},
{"reminderAt": "2031-01-06T08:00:00Z", "recurrence": 5},
{"reminderAt": "2031-01-06T08:00:00Z", "recurrence": null},
{"reminderAt": "2031-01-06T08:00:00Z", "recurrence": {"rule": "FREQ=DAILY", "timeZone": "Asia/Tokyo"}}
]}"#;
    let read = taken(document);
    let series: Vec<_> = read
        .notes
        .iter()
        .map(|note| note.recurrence.is_some())
        .collect();
    assert_eq!(series, [false, false, false, true]);
    let remarks = read.remarks();
    assert_eq!(remarks.len(), 2, "{remarks:?}");
}

#[test]
fn imports_exported_notes_unchanged() {
    let mut numbers = Numbers(42);
    for _ in 0..60 {
        let notes: Vec<PortableNote> = (0..numbers.next(20)).map(|_| numbers.note()).collect();
        let labels = [PortableLabel {
            name: "Home".to_owned(),
            color: Color::Red,
        }];
        let mut writer = crate::content::archive::Writer::new(&labels, &[]).unwrap();
        let mut bytes = Vec::new();
        for note in &notes {
            writer.add_note(note).unwrap();
            bytes.extend(writer.take_written());
        }
        bytes.extend(writer.finish().unwrap());
        let read = taken(&bytes);
        assert_eq!(read.labels, labels);
        for (read, note) in read.notes.iter().zip(&notes) {
            assert_eq!(read, note);
        }
        assert_eq!(read.notes.len(), notes.len());
        assert_eq!(read.remarks(), [""; 0]);
    }
}
