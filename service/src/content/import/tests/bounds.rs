//! Files whose values are all permitted, but which together would take unlimited memory or time.

use super::*;

#[test]
fn limits_tags_per_imported_note() {
    // One title for many references, and many titles for one note.
    let same = "t".repeat(10_000);
    let references = vec![r#"{"uuid": "n1"}"#; 2_000].join(",");
    let mut tags = format!(
        r#"{{"content_type": "Tag", "content": {{"title": "{same}", "references": [{references}]}}}}"#
    );
    for number in 0..500 {
        let _ = write!(
            tags,
            r#", {{"content_type": "Tag", "content": {{"title": "{number}", "references": [{{"uuid": "n1"}}]}}}}"#
        );
    }
    let backup = format!(
        r#"{{"items": [{{"uuid": "n1", "content_type": "Note", "content": {{"title": "a"}}}}, {tags}]}}"#
    );
    let read = taken(backup.as_bytes());
    let labels = &read.notes[0].labels;
    assert_eq!((labels.len(), labels[0].len()), (20, 50));
    assert_eq!((labels[1].as_str(), labels[19].as_str()), ("0", "18"));
    // A remark for the name that was cut, and one for those of a hundred for which a note has no room.
    assert_eq!(read.report.changed, 1 + 80);

    let id = |number: u32| format!("{number:032x}");
    let mut entries = vec![
        (
            "note.md".to_owned(),
            format!("Tea\n\nhot\n\nid: {}\ntype_: 1", id(1)),
        ),
        ("tag.md".to_owned(), format!("t\n\nid: {}\ntype_: 5", id(2))),
    ];
    for number in 10..310 {
        let tag = format!("{number}\n\nid: {}\ntype_: 5", id(number));
        let tagged = format!(
            "id: {}\nnote_id: {}\ntag_id: {}\ntype_: 6",
            id(1_000 + number),
            id(1),
            id(number)
        );
        entries.push((format!("{number}.md"), tag));
        entries.push((format!("of-{number}.md"), tagged));
    }
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, data)| (name.as_str(), data.as_bytes()))
        .collect();
    let read = taken(&zip(&entries));
    assert_eq!(read.notes[0].labels.len(), 20);
    assert_eq!(read.report.changed, 80);
}

#[test]
fn limits_links_of_google_keep_note() {
    let links: Vec<String> = (0..300)
        .map(|number| format!(r#"{{"url": "https://a.test/{number:03}"}}"#))
        .collect();
    let note = format!(
        r#"{{"isTrashed": false, "textContent": "a https://a.test/000", "annotations": [{}]}}"#,
        links.join(",")
    );
    let read = taken(note.as_bytes());
    assert_eq!(read.notes[0].content.matches("](<").count(), 99);
}

#[test]
fn limits_evernote_text_and_skips_attachment_data() {
    let note = |title: &str, more: &str| format!("<note><title>{title}</title>{more}</note>\n");
    let long = format!("<content>{}é</content>", "a".repeat(5 * 1024 * 1024));
    let two = "a".repeat(3 * 1024 * 1024);
    let pieces = format!("<content><![CDATA[{two}]]><![CDATA[{two}]]></content>");
    let file = format!(
        "<content>c</content><resource><data encoding=\"base64\">{}</data><mime>image/png</mime></resource>",
        "AAAA\n".repeat(7 * 1024 * 1024)
    );
    let tags: Vec<String> = (0..500).map(|tag| format!("<tag>{tag}</tag>")).collect();
    let enex = format!(
        "<en-export>{}{}{}{}</en-export>",
        note("long", &long),
        note("pieces", &pieces),
        note("file", &file),
        note("tags", &tags.concat())
    );
    let read = taken(enex.as_bytes());
    let bytes = |start: &str| -> usize {
        let notes = read.notes.iter();
        let parts = notes.filter(|note| note.title.starts_with(start));
        parts.map(|note| note.content.len()).sum()
    };
    assert_eq!(
        (bytes("long"), bytes("pieces")),
        (4 * 1024 * 1024, 4 * 1024 * 1024)
    );
    assert_eq!(bytes("file"), 1);
    assert_eq!(read.notes.last().unwrap().labels.len(), 20);
    // Two that were cut and divided, a picture, and 80 tags.
    assert_eq!((read.report.left_out, read.report.changed), (0, 4 + 1 + 80));
    let line = |code: &str| {
        let remarks = read.report.into_remarks();
        remarks.into_iter().find(|remark| remark.code == code)
    };
    let tags = line("too_many_labels").unwrap();
    assert_eq!(tags.line, Some(4 + 7 * 1024 * 1024));

    for damaged in [
        format!("<en-export><note><title>{}", "<a>".repeat(100)),
        format!("<en-export><note><{}>", "a".repeat(1_000)),
        format!("<en-export><note><content>{}", "a".repeat(33 * 1024 * 1024)),
    ] {
        assert_eq!(taken(damaged.as_bytes()).remarks(), [":1: xml"]);
    }
}

#[test]
fn ignores_note_versions_out_of_range() {
    let most = 1_i64 << 52;
    for (version, taken_as) in [(most, Some(most)), (most + 1, None), (0, None)] {
        let document = format!(
            r#"{{"format": "notes", "version": 1, "notes": [{{"title": "a", "version": {version},
            "revisions": [{{"version": {version}, "title": "b", "content": "", "replacedAt": "2024-01-05T10:22:00Z"}}]}}]}}"#
        );
        let history = format!(
            r#"[{{"version": {version}, "title": "b", "content": "", "replacedAt": "2024-01-05T10:22:00Z"}}]"#
        );
        let id = "018f0000-0000-7000-8000-000000000001";
        let note = format!("---\nid: {id}\nversion: {version}\n---\n\na");
        let archive = zip(&[
            (&format!("history/{id}.json"), history.as_bytes()),
            ("a.md", note.as_bytes()),
        ]);
        for read in [taken(document.as_bytes()), taken(&archive)] {
            let note = &read.notes[0];
            let earlier = note.revisions.first().map(|revision| revision.version);
            assert_eq!((note.version, earlier), (taken_as, taken_as), "{version}");
            let remarks = usize::from(taken_as.is_none());
            assert_eq!(read.report.changed, remarks as u64, "{version}");
        }
    }
}
