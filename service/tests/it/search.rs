//! Tests of the search.

use std::fmt::Write as _;

use notes_service::store::search::MOST_RANKED;
use serde_json::{Value, json};

use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    finds_words_regardless_of_accents,
    distinguishes_words_by_combining_marks,
    finds_link_targets_emoji_and_hyphenated_words,
    ranks_whole_words_before_prefix_matches,
    limits_search_to_own_notes_and_place,
    returns_each_search_hit_once_across_pages,
    returns_latest_notes_first_for_many_hits,
    searches_common_word_in_time,
    accepts_any_typed_search_query,
    updates_search_index_on_change_and_deletion,
    indexes_note_with_maximum_number_of_words,
    finds_initial_notes_of_guest,
);

async fn make(service: &Service, who: &Person, title: &str, content: &str) -> Value {
    let note = json!({"title": title, "content": content});
    service
        .json(who, "POST", "/api/notes", note)
        .await
        .is(201)
        .body
}

async fn found(service: &Service, who: &Person, query: &str) -> Vec<String> {
    let answer = service
        .send(who, "GET", &format!("/api/search?{query}"))
        .await
        .is(200);
    let items = answer.body["items"].as_array().unwrap();
    items
        .iter()
        .map(|hit| hit["note"]["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn finds_words_regardless_of_accents(service: Service) {
    let ada = service.person("ada").await;
    make(
        &service,
        &ada,
        "Dessert",
        "**Crème brûlée**, and <p>tags</p>",
    )
    .await;
    make(&service, &ada, "Crème", "nothing else").await;
    make(&service, &ada, "Travel", "東京タワー in the evening").await;
    assert_eq!(found(&service, &ada, "q=brulee").await, ["Dessert"]);
    assert_eq!(found(&service, &ada, "q=BR%C3%9BL").await, ["Dessert"]);
    // In the title it counts more.
    assert_eq!(found(&service, &ada, "q=creme").await, ["Crème", "Dessert"]);
    assert_eq!(
        found(&service, &ada, "q=%22creme+brulee%22").await,
        ["Dessert"]
    );
    assert_eq!(found(&service, &ada, "q=%22brulee+creme%22").await, [""; 0]);
    assert_eq!(found(&service, &ada, "q=creme+else").await, ["Crème"]);
    assert_eq!(
        found(&service, &ada, "q=%E4%BA%AC%E3%82%BF").await,
        ["Travel"]
    );
    let answer = service
        .send(&ada, "GET", "/api/search?q=brul")
        .await
        .is(200);
    let pieces = answer.body["items"][0]["snippet"].as_array().unwrap();
    let marked: Vec<&Value> = pieces
        .iter()
        .filter(|piece| piece["found"] == true)
        .collect();
    assert_eq!(marked, [&json!({"text": "brûlée", "found": true})]);
}

/// Searches for words, percent-encoded in UTF-8, and returns the found notes.
async fn found_words(service: &Service, who: &Person, words: &str) -> Vec<String> {
    let encoded = words.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    });
    let mut titles = found(service, who, &format!("q={encoded}")).await;
    titles.sort();
    titles
}

async fn distinguishes_words_by_combining_marks(service: Service) {
    let ada = service.person("ada").await;
    for (title, content) in [
        ("day", "यह दिन अच्छा है"),
        ("donation", "यह दान है"),
        ("thai wood", "ไม้"),
        ("thai not", "ไม่"),
        ("hebrew", "שָׁלוֹם עולם"),
        ("arabic", "مَرْحَبًا"),
        ("kana", "ガス"),
        ("kana unvoiced", "カス"),
        ("korean", "한국어"),
    ] {
        make(&service, &ada, title, content).await;
    }
    for (words, expected) in [
        ("दिन", vec!["day"]),
        ("दान", vec!["donation"]),
        ("दि", vec!["day"]),
        ("द", vec!["day", "donation"]),
        ("ไม้", vec!["thai wood"]),
        ("ไม่", vec!["thai not"]),
        ("שלום", vec!["hebrew"]),
        ("مرحبا", vec!["arabic"]),
        ("ガ", vec!["kana"]),
        ("ガス", vec!["kana"]),
        ("カス", vec!["kana unvoiced"]),
        ("한", vec!["korean"]),
        ("한구", vec!["korean"]),
    ] {
        assert_eq!(
            found_words(&service, &ada, words).await,
            expected,
            "{words}"
        );
    }
}

async fn finds_link_targets_emoji_and_hyphenated_words(service: Service) {
    let ada = service.person("ada").await;
    for (title, content) in [
        (
            "link",
            "see [the page](https://docs.example.com/guide-of-tea)",
        ),
        ("image", "![cup](https://img.example.org/cup.png)"),
        ("emoji", "a cup of 🍵 and 👩\u{200d}💻"),
        ("new emoji", "melting 🫠"),
        ("hyphen", "Donau\u{ad}dampf\u{ad}schiff"),
    ] {
        make(&service, &ada, title, content).await;
    }
    for (words, expected) in [
        ("docs.example.com", vec!["link"]),
        ("guide-of", vec!["link"]),
        ("img.example", vec!["image"]),
        ("🍵", vec!["emoji"]),
        ("👩\u{200d}💻", vec!["emoji"]),
        ("🫠", vec!["new emoji"]),
        ("Donaudampfschiff", vec!["hyphen"]),
        ("donaudam", vec!["hyphen"]),
        ("Donau\u{ad}dampf", vec!["hyphen"]),
    ] {
        assert_eq!(
            found_words(&service, &ada, words).await,
            expected,
            "{words}"
        );
    }
    let answer = service
        .send(&ada, "GET", "/api/search?q=docs.example")
        .await
        .is(200);
    let pieces = answer.body["items"][0]["snippet"]
        .as_array()
        .unwrap()
        .clone();
    assert!(
        pieces.contains(&json!({"text": "docs", "found": true})),
        "{pieces:?}"
    );
}

async fn ranks_whole_words_before_prefix_matches(service: Service) {
    let ada = service.person("ada").await;
    make(&service, &ada, "teapot teapot", "teapot ".repeat(20).trim()).await;
    make(
        &service,
        &ada,
        "drinks",
        "a long list in which tea is one of very many words",
    )
    .await;
    make(&service, &ada, "teacher", "").await;
    let titles = found(&service, &ada, "q=tea").await;
    assert_eq!(titles[0], "drinks");
    assert_eq!(titles.len(), 3);
    // Page by page in the same order.
    let first = service
        .send(&ada, "GET", "/api/search?q=tea&limit=1")
        .await
        .is(200)
        .body;
    let cursor = first["nextCursor"].as_str().unwrap();
    let rest = found(&service, &ada, &format!("q=tea&cursor={cursor}")).await;
    assert_eq!(rest, titles[1..]);
    // With a blank behind it, the word is finished.
    assert_eq!(found(&service, &ada, "q=tea%20").await, ["drinks"]);
}

async fn limits_search_to_own_notes_and_place(service: Service) {
    let ada = service.person("ada").await;
    let ben = service.person("ben").await;
    make(&service, &ben, "ben's", "secret plan").await;
    let note = make(&service, &ada, "ada's", "another plan").await;
    assert_eq!(found(&service, &ada, "q=plan").await, ["ada's"]);
    // Not by the word that marks the owner either.
    let ben_id = format!("@{}", service.owner_of("ben").await.simple());
    assert_eq!(found(&service, &ada, &format!("q={ben_id}")).await, [""; 0]);
    let id = note["id"].as_str().unwrap();
    service
        .send(&ada, "DELETE", &format!("/api/notes/{id}"))
        .await
        .is(200);
    assert_eq!(found(&service, &ada, "q=plan").await, [""; 0]);
    assert_eq!(found(&service, &ada, "q=plan&place=trash").await, ["ada's"]);
}

async fn returns_each_search_hit_once_across_pages(service: Service) {
    let ada = service.person("ada").await;
    for number in 0..25 {
        let text = "word ".repeat(1 + number % 4);
        make(&service, &ada, &format!("{number}"), &text).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = service
            .send(&ada, "GET", &format!("/api/search?q=word&limit=7{cursor}"))
            .await
            .is(200);
        let items = page.body["items"].as_array().unwrap();
        seen.extend(items.iter().map(|hit| hit["note"]["id"].to_string()));
        match page.body["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 25);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 25);
}

/// Searches with more hits than are ranked. Notes of others do not count, and rare words are still ranked.
async fn returns_latest_notes_first_for_many_hits(service: Service) {
    let many = MOST_RANKED + 2;
    let (ada, bob) = (service.person("ada").await, service.person("bob").await);
    let notes: Vec<_> = (1..=many)
        .map(|number| json!({"title": number.to_string(), "content": "common"}))
        .collect();
    let file = json!({"format": "notes", "version": 1, "labels": [], "notes": notes});
    service
        .json(&ada, "POST", "/api/import", file)
        .await
        .is(201);
    make(&service, &bob, "of Bob", "common").await;

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let path = format!("/api/search?q=common&limit=2{cursor}");
        let page = service.send(&ada, "GET", &path).await.is(200);
        for hit in page.body["items"].as_array().unwrap() {
            seen.push(hit["note"]["title"].as_str().unwrap().to_owned());
        }
        cursor = format!("&cursor={}", page.body["nextCursor"].as_str().unwrap());
    }
    let latest: Vec<_> = (0..6).map(|back| (many - back).to_string()).collect();
    assert_eq!(seen, latest);
    assert_eq!(found(&service, &ada, "q=77+").await, ["77"]);
    assert_eq!(found(&service, &bob, "q=common").await, ["of Bob"]);
}

/// Measures a search that would take hundreds of times as long with a plan that searches for each note.
async fn searches_common_word_in_time(service: Service) {
    let ada = service.person("ada").await;
    let notes: Vec<_> = (1..=600)
        .map(|number| json!({"title": number.to_string(), "content": "common words of all"}))
        .collect();
    let file = json!({"format": "notes", "version": 1, "labels": [], "notes": notes});
    service
        .json(&ada, "POST", "/api/import", file)
        .await
        .is(201);
    let fastest = async |path: &str| {
        let mut fastest = std::time::Duration::MAX;
        for _ in 0..10 {
            let began = std::time::Instant::now();
            service.send(&ada, "GET", path).await.is(200);
            fastest = fastest.min(began.elapsed());
        }
        fastest
    };
    let list = fastest("/api/notes?limit=20").await;
    let search = fastest("/api/search?q=commo&limit=20").await;
    assert!(search < list * 20, "a search {search:?}, a list {list:?}");
}

async fn accepts_any_typed_search_query(service: Service) {
    let ada = service.person("ada").await;
    make(&service, &ada, "note", "50% off_sale").await;
    for typed in [
        "%25",
        "_",
        "'",
        "%22",
        "%22%22",
        "*",
        "%28%29",
        "a%20AND%20OR%20NOT",
        "title%3Aa",
        "-a",
        "%5E",
        "%F0%9F%8E%89",
        "%27%3B--",
        "%26%7C!%3C-%3E",
    ] {
        found(&service, &ada, &format!("q={typed}")).await;
    }
    assert_eq!(found(&service, &ada, "q=%25").await, [""; 0]);
    assert_eq!(found(&service, &ada, "q=50%25").await, ["note"]);
    service
        .send(&ada, "GET", "/api/search?q=a%00b")
        .await
        .problem(422, "validation_failed");
    service
        .send(&ada, "GET", "/api/search")
        .await
        .problem(400, "malformed_request");
}

async fn updates_search_index_on_change_and_deletion(service: Service) {
    let ada = service.person("ada").await;
    let note = make(&service, &ada, "n", "old words").await;
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    service
        .request(
            Some(&ada),
            "PATCH",
            &path,
            &[("if-match", "*")],
            Some(json!({"content": "new words"})),
        )
        .await
        .is(200);
    assert_eq!(found(&service, &ada, "q=old").await, [""; 0]);
    assert_eq!(found(&service, &ada, "q=new").await, ["n"]);
    service.send(&ada, "DELETE", &path).await.is(200);
    service
        .send(&ada, "DELETE", &format!("{path}/permanent"))
        .await
        .is(204);
    assert_eq!(found(&service, &ada, "q=new&place=trash").await, [""; 0]);
    assert_eq!(service.app.store.index_missing().await.unwrap(), 0);
}

/// PostgreSQL takes vectors of less than 1 MiB, and some characters stand for eighteen.
async fn indexes_note_with_maximum_number_of_words(service: Service) {
    let ada = service.person("ada").await;
    let most = notes_service::domain::limits::CONTENT_BYTES;
    let digit = |number: usize| char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
    let words = (0..).map(|number| {
        let mark: String = [number, number / 36, number / 1296]
            .map(digit)
            .iter()
            .collect();
        format!("{mark}\u{fdfa}\u{fdfa}\u{fdfa}\u{fdfa} ")
    });
    let content: String = words.take(most / 16).collect();
    assert!((most - 16..=most).contains(&content.len()));
    make(&service, &ada, &"\u{fdfa}1 ".repeat(333), &content).await;
    assert_eq!(found(&service, &ada, "q=010%EF%B7%BA").await.len(), 1);
}

async fn finds_initial_notes_of_guest(service: Service) {
    let came = service
        .request(None, "POST", "/api/auth/guest", &[], None)
        .await
        .is(201);
    let cookie = came
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        found(&service, &Person { cookie }, "q=tomatoes").await,
        ["Groceries"]
    );
}
