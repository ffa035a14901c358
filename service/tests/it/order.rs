//! Tests of the order of notes, compared with a model of lists, also during concurrent changes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Person, Service, on_both_databases};

on_both_databases!(
    matches_order_of_list_model,
    keeps_all_notes_during_concurrent_moves,
);

/// Pseudorandom numbers with a fixed seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Returns a number below `end`.
    pub(crate) fn roll(&mut self, end: usize) -> usize {
        // Steele, Lea and Flood: Fast splittable pseudorandom number generators; 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

const PLACES: [&str; 3] = ["active", "archived", "trash"];

/// A note of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Card {
    id: String,
    pinned: bool,
    from: usize,
}

/// The expected state of the service: the notes of each place, in order.
#[derive(Debug, Default)]
struct Model([Vec<Card>; 3]);

impl Model {
    /// Puts a card at the top of its section.
    fn on_top(&mut self, place: usize, card: Card) {
        let cards = &mut self.0[place];
        let at = if card.pinned {
            0
        } else {
            cards.iter().take_while(|card| card.pinned).count()
        };
        cards.insert(at, card);
    }

    fn take(&mut self, place: usize, id: &str) -> Card {
        let at = self.0[place].iter().position(|card| card.id == id).unwrap();
        self.0[place].remove(at)
    }

    fn ids(&self, place: usize) -> Vec<String> {
        self.0[place].iter().map(|card| card.id.clone()).collect()
    }
}

/// A person and the service that the person uses.
pub(crate) struct Desk<'a> {
    pub(crate) service: &'a Service,
    pub(crate) who: Person,
}

impl Desk<'_> {
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = self
            .service
            .request(Some(&self.who), method, path, &[("if-match", "*")], body)
            .await;
        (answer.status.as_u16(), answer.body)
    }

    pub(crate) async fn make(&self, pinned: bool) -> String {
        let (status, note) = self
            .send("POST", "/api/notes", Some(json!({"pinned": pinned})))
            .await;
        assert_eq!(status, 201, "{note}");
        note["id"].as_str().unwrap().to_owned()
    }

    /// Sends a request that must succeed.
    async fn act(&self, method: &str, path: &str, body: Option<Value>) {
        let (status, body) = self.send(method, path, body).await;
        assert!((200..300).contains(&status), "{method} {path}: {body}");
    }

    /// Returns the notes of all pages of a place, with random page sizes, and the revision of the first page.
    pub(crate) async fn pages(
        &self,
        place: &str,
        dice: &mut Dice,
        most: usize,
    ) -> (Vec<Value>, i64) {
        let (mut notes, mut cursor, mut revision) = (Vec::new(), String::new(), None);
        loop {
            let limit = 1 + dice.roll(most);
            let path = format!("/api/notes?place={place}&limit={limit}{cursor}");
            let (status, page) = self.send("GET", &path, None).await;
            assert_eq!(status, 200, "{page}");
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= limit);
            notes.extend(items.iter().cloned());
            let of_page = page["revision"].as_i64().unwrap();
            assert_eq!(*revision.get_or_insert(of_page), of_page);
            match page.get("nextCursor") {
                Some(next) => cursor = format!("&cursor={}", next.as_str().unwrap()),
                None => return (notes, of_page),
            }
        }
    }

    async fn ids(&self, place: &str, dice: &mut Dice) -> Vec<String> {
        let (notes, _) = self.pages(place, dice, 7).await;
        notes.iter().map(id_of).collect()
    }
}

pub(crate) fn id_of(note: &Value) -> String {
    note["id"].as_str().unwrap().to_owned()
}

async fn matches_order_of_list_model(service: Service) {
    for seed in 0..2 {
        let mut dice = Dice(seed);
        let desk = Desk {
            service: &service,
            who: service.person(&format!("ada-{seed}")).await,
        };
        let mut model = Model::default();
        for _ in 0..100 {
            step(&desk, &mut model, &mut dice).await;
            let place = dice.roll(3);
            assert_eq!(
                desk.ids(PLACES[place], &mut dice).await,
                model.ids(place),
                "seed {seed}"
            );
        }
        for (place, name) in PLACES.iter().enumerate() {
            assert_eq!(desk.ids(name, &mut dice).await, model.ids(place));
        }
    }
}

/// Applies a random change to the service and to the model.
async fn step(desk: &Desk<'_>, model: &mut Model, dice: &mut Dice) {
    let place = dice.roll(3);
    let cards = model.0[place].clone();
    if cards.is_empty() || dice.roll(4) == 0 {
        let pinned = dice.roll(3) == 0;
        let id = desk.make(pinned).await;
        let card = Card {
            id,
            pinned,
            from: 0,
        };
        return model.on_top(0, card);
    }
    let card = dice.pick(&cards).clone();
    let path = format!("/api/notes/{}", card.id);
    match (dice.roll(5), place) {
        // To another place, or back.
        (0, 0) => {
            desk.act("POST", &format!("{path}/archive"), None).await;
            let card = model.take(0, &card.id);
            model.on_top(1, card);
        }
        (0, 1) => {
            desk.act("POST", &format!("{path}/unarchive"), None).await;
            let card = model.take(1, &card.id);
            model.on_top(0, card);
        }
        (0, _) => {
            desk.act("POST", &format!("{path}/restore"), None).await;
            let card = model.take(2, &card.id);
            model.on_top(card.from, card);
        }
        (1, 0 | 1) => {
            desk.act("DELETE", &path, None).await;
            let card = model.take(place, &card.id);
            model.on_top(
                2,
                Card {
                    from: place,
                    ..card
                },
            );
        }
        (1, _) => {
            desk.act("DELETE", &format!("{path}/permanent"), None).await;
            model.take(2, &card.id);
        }
        (2, 0 | 1) => {
            desk.act("PATCH", &path, Some(json!({"pinned": !card.pinned})))
                .await;
            let mut card = model.take(place, &card.id);
            card.pinned = !card.pinned;
            model.on_top(place, card);
        }
        // Beside another.
        (3, _) => {
            let beside = dice.pick(&cards).clone();
            if beside.id == card.id {
                return;
            }
            let (side, behind) = *dice.pick(&[("before", 0), ("after", 1)]);
            let target = json!({ side: beside.id });
            desk.act("POST", &format!("{path}/move"), Some(target))
                .await;
            let mut card = model.take(place, &card.id);
            card.pinned = beside.pinned;
            let cards = &mut model.0[place];
            let at = cards.iter().position(|other| other.id == beside.id);
            cards.insert(at.unwrap() + behind, card);
        }
        // Some of a section in another order, within the slots they hold.
        _ => {
            let section: Vec<usize> = (0..cards.len())
                .filter(|at| cards[*at].pinned == card.pinned)
                .filter(|_| dice.roll(2) == 0)
                .collect();
            let mut shuffled = section.clone();
            for at in (1..shuffled.len()).rev() {
                shuffled.swap(at, dice.roll(at + 1));
            }
            if section.is_empty() {
                return;
            }
            let ids: Vec<&str> = shuffled.iter().map(|at| &*cards[*at].id).collect();
            desk.act("PUT", "/api/notes/reorder", Some(json!({ "ids": ids })))
                .await;
            for (to, from) in section.into_iter().zip(shuffled) {
                model.0[place][to] = cards[from].clone();
            }
        }
    }
}

async fn keeps_all_notes_during_concurrent_moves(service: Service) {
    let desk = Desk {
        service: &service,
        who: service.person("ada").await,
    };
    let mut ids = Vec::new();
    for number in 0..24 {
        ids.push(desk.make(number % 6 == 0).await);
    }
    let mover = async |seed: u64| {
        let mut dice = Dice(seed);
        for _ in 0..15 {
            let (id, beside) = (dice.pick(&ids), dice.pick(&ids));
            let side = *dice.pick(&["before", "after"]);
            let (status, body) = if dice.roll(3) == 0 {
                let order = json!({"ids": [id, beside]});
                desk.send("PUT", "/api/notes/reorder", Some(order)).await
            } else {
                let path = format!("/api/notes/{id}/move");
                desk.send("POST", &path, Some(json!({ side: beside })))
                    .await
            };
            // To put a note beside itself, to name it twice, and to order pinned ones among others are refused.
            assert!([200, 409, 422].contains(&status), "{body}");
        }
    };
    futures_util::future::join_all((0..8).map(mover)).await;

    let mut dice = Dice(0);
    let one_by_one = desk.ids("active", &mut dice).await;
    let (at_once, _) = desk.pages("active", &mut Dice(0), 100).await;
    assert_eq!(one_by_one, at_once.iter().map(id_of).collect::<Vec<_>>());
    let seen: BTreeSet<_> = one_by_one.iter().collect();
    assert_eq!((seen.len(), one_by_one.len()), (24, 24));
    let sections: Vec<_> = at_once.iter().map(|note| &note["pinned"]).collect();
    assert!(sections.is_sorted_by_key(|pinned| **pinned == json!(false)));
}
