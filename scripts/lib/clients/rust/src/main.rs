//! A person's way through the API with two generated clients: progenitor's, and that of the OpenAPI Generator.

use std::error::Error;

use openapi::apis::configuration::Configuration;
use openapi::apis::{auth_api, notes_api};
use openapi::models;
use serde_json::json;

mod notes_client {
    progenitor::generate_api!(spec = "openapi.json", interface = Builder);
}

use notes_client::{Client, types};

type Outcome = Result<(), Box<dyn Error>>;

const PASSWORD: &str = "a password of the check";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, address] = arguments.as_slice() else {
        return Err("usage: clients NAME ADDRESS".into());
    };
    // As a browser, it keeps the cookie of its session.
    let http = reqwest::Client::builder().cookie_store(true).build()?;
    match name.as_str() {
        "progenitor" => progenitor_way(name, Client::new_with_client(address, http)).await,
        "openapi-generator-rust" => generator_way(name, address, http).await,
        _ => Err(format!("no client is called {name}").into()),
    }
}

async fn progenitor_way(name: &str, client: Client) -> Outcome {
    let person =
        json!({"email": format!("{name}@example.com"), "username": name, "password": PASSWORD});
    let person: types::Registration = serde_json::from_value(person)?;
    let account = client.register().body(person).send().await?;
    assert_eq!(account.username, name);
    let new: types::NewNote =
        serde_json::from_value(json!({"title": "Groceries", "content": "- [ ] eggs"}))?;
    let note = client.create_note().body(new).send().await?;
    let found = client.search_notes().q("eggs").send().await?;
    assert!(found.items.iter().all(|hit| hit.note.id == note.id) && found.items.len() == 1);
    let trashed = client.trash_note().id(note.id).send().await?;
    assert_eq!(trashed.place, types::Place::Trash);
    let active = client
        .list_notes()
        .place(types::Place::Active)
        .send()
        .await?;
    assert!(active.items.is_empty());
    let trash = client
        .list_notes()
        .place(types::Place::Trash)
        .send()
        .await?;
    assert_eq!(trash.items[0].title, "Groceries");
    let restored = client.restore_note().id(note.id).send().await?;
    assert_eq!(restored.place, types::Place::Active);
    assert_eq!(client.list_notes().send().await?.items.len(), 1);
    Ok(())
}

async fn generator_way(name: &str, address: &str, http: reqwest::Client) -> Outcome {
    let configuration = Configuration {
        base_path: address.to_owned(),
        client: http,
        ..Configuration::new()
    };
    let person = models::Registration::new(
        format!("{name}@example.com"),
        name.to_owned(),
        PASSWORD.to_owned(),
    );
    let account = auth_api::register(&configuration, person).await?;
    assert_eq!(account.username, name);
    let new = models::NewNote {
        title: Some("Groceries".to_owned()),
        content: Some("- [ ] eggs".to_owned()),
        ..models::NewNote::new()
    };
    let note = notes_api::create_note(&configuration, new, None).await?;
    let id = note.id.to_string();
    // The generator makes one argument of each query parameter.
    let found = notes_api::search_notes(
        &configuration,
        "eggs",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    )
    .await?;
    assert!(found.items.iter().all(|hit| hit.note.id == note.id) && found.items.len() == 1);
    let trashed = notes_api::trash_note(&configuration, &id, None).await?;
    assert_eq!(trashed.place, models::Place::Trash);
    let restored = notes_api::restore_note(&configuration, &id, None).await?;
    assert_eq!(restored.place, models::Place::Active);
    assert_eq!(restored.title, "Groceries");
    Ok(())
}
