//! The attacks of hostile callers.

use std::io::Cursor;
use std::net::Ipv4Addr;
use std::time::Duration;

use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::scene::{LENGTH, MALLORY, Scene, long};
use crate::support::PASSWORD;
use crate::support::wire::Wire;

/// Returns a request without a body.
fn get(path: &str, cookie: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n")
}

/// Returns the head of a request whose body is announced.
fn post(path: &str, cookie: &str, kind: &str, bytes: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {bytes}\r\n\r\n"
    )
}

/// Opens a number of connections, and sends these bytes on each. Refused connections are dropped.
async fn send_on(scene: &Scene, count: usize, from: Ipv4Addr, bytes: &[u8]) -> Vec<TcpStream> {
    let mut open = Vec::new();
    for _ in 0..count {
        if let Ok(mut stream) = scene.connect(from).await
            && stream.write_all(bytes).await.is_ok()
        {
            open.push(stream);
        }
    }
    open
}

/// Requests pages of long notes on 150 connections of one guest, and reads nothing.
pub(super) async fn slow_readers(scene: &Scene) {
    let guest = scene.guest_with(15, &"word ".repeat(19_000)).await;
    let open = send_on(
        scene,
        150,
        MALLORY,
        get("/api/notes?limit=100", &guest).as_bytes(),
    )
    .await;
    sleep(LENGTH).await;
    drop(open);
}

/// Sends a body byte by byte on 520 connections without an account.
pub(super) async fn slow_bodies(scene: &Scene) {
    let head = post("/api/auth/login", "", "application/json", 100);
    let mut open = send_on(scene, 520, MALLORY, head.as_bytes()).await;
    for _ in 0..4 {
        for stream in &mut open {
            let _ = stream.write_all(b" ").await;
        }
        sleep(LENGTH / 4).await;
    }
}

/// Sends a large import without its end on 60 connections without an account.
pub(super) async fn endless_bodies(scene: &Scene) {
    let bytes = 9 * 1024 * 1024;
    let head = post("/api/import", "", "application/zip", bytes);
    let mut tasks = Vec::new();
    for mut stream in send_on(scene, 60, MALLORY, head.as_bytes()).await {
        tasks.push(tokio::spawn(async move {
            let part = vec![b'x'; 64 * 1024];
            for _ in 0..bytes / part.len() - 1 {
                if stream.write_all(&part).await.is_err() {
                    break;
                }
            }
            sleep(LENGTH).await;
        }));
    }
    sleep(LENGTH * 2).await;
    for task in tasks {
        task.abort();
    }
}

/// Sends 20 requests for rendered checklists, from a client that does not wait for the responses.
pub(super) async fn checklists(scene: &Scene) {
    let guest = scene.guest_with(40, &"- [ ] a\n".repeat(long() / 8)).await;
    let request = get("/api/notes?limit=100&include=html", &guest);
    let open = send_on(scene, 20, MALLORY, request.as_bytes()).await;
    sleep(LENGTH).await;
    drop(open);
    // The work ends with its requests.
    scene.is_idle_soon().await;
}

/// Repeats 12 concurrent searches for a word that is frequent in long notes.
pub(super) async fn searches(scene: &Scene) {
    let guest = scene.guest_with(40, &"word ".repeat(long() / 5)).await;
    repeat_requests(scene, 12, &get("/api/search?q=word&limit=100", &guest)).await;
    scene.is_idle_soon().await;
}

/// Repeats 12 concurrent requests for all changes.
pub(super) async fn changes(scene: &Scene) {
    let guest = scene.guest_with(15, &"word ".repeat(19_000)).await;
    repeat_requests(scene, 12, &get("/api/changes?since=0&limit=500", &guest)).await;
}

/// Sends a request on a number of connections, and repeats it on each after its response.
async fn repeat_requests(scene: &Scene, count: usize, request: &str) {
    let mut tasks = Vec::new();
    for stream in send_on(scene, count, MALLORY, request.as_bytes()).await {
        let request = request.to_owned();
        tasks.push(tokio::spawn(async move {
            let mut wire = Wire::over(stream);
            while wire.reply().await.is_ok() {
                if wire.send(request.as_bytes()).await.is_err() {
                    break;
                }
            }
        }));
    }
    sleep(LENGTH).await;
    for task in tasks {
        task.abort();
    }
}

/// Repeats 12 concurrent requests whose client disconnects before the response.
pub(super) async fn given_up(scene: &Scene) {
    let guest = scene.guest_with(15, &"word ".repeat(19_000)).await;
    let began = tokio::time::Instant::now();
    for (path, pause) in [
        "/api/changes?since=0",
        "/api/notes?limit=100",
        "/api/search?q=word",
    ]
    .into_iter()
    .cycle()
    .zip((5..60).step_by(5).cycle())
    {
        if began.elapsed() > LENGTH {
            break;
        }
        let open = send_on(scene, 12, MALLORY, get(path, &guest).as_bytes()).await;
        sleep(Duration::from_millis(pause)).await;
        drop(open);
    }
}

/// Requests 60 exports of one guest, and reads none.
pub(super) async fn exports(scene: &Scene) {
    let guest = scene.guest_with(15, &"word ".repeat(19_000)).await;
    let open = send_on(
        scene,
        60,
        MALLORY,
        get("/api/export?format=json", &guest).as_bytes(),
    )
    .await;
    sleep(LENGTH).await;
    drop(open);
}

/// Sends uploads that never end, while another user imports a file.
pub(super) async fn uploads(scene: &Scene) {
    let guest = scene.guest(MALLORY).await;
    let head = post("/api/import", &guest, "application/zip", 1024 * 1024);
    let mut open = send_on(scene, 20, MALLORY, (head + "PK").as_bytes()).await;
    for _ in 0..4 {
        let note = "# imported";
        let mut wire = Wire::connect(scene.address).await.unwrap();
        let request = post("/api/import", scene.ada(), "text/markdown", note.len());
        wire.send((request + note).as_bytes()).await.unwrap();
        let reply = timeout(Duration::from_secs(10), wire.reply()).await;
        let reply = reply.unwrap().unwrap();
        assert_eq!(reply.status, 201, "{}", reply.head);
        for stream in &mut open {
            let _ = stream.write_all(b"x").await;
        }
        sleep(LENGTH / 4).await;
    }
}

/// Uploads 12 pictures concurrently, each of a hundred kilobytes that decode to a hundred megabytes.
pub(super) async fn pictures(scene: &Scene) {
    let guest = scene.guest(MALLORY).await;
    let mut wire = Wire::over(scene.connect(MALLORY).await.unwrap());
    let picture = RgbImage::new(5_600, 5_600);
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    let png = png.into_inner();
    let mut tasks = Vec::new();
    for _ in 0..12 {
        let note = wire
            .ask("POST", "/api/notes", &guest, Some(&json!({})))
            .await;
        let note: Value = serde_json::from_slice(&note.unwrap().body).unwrap();
        let path = format!(
            "/api/notes/{}/attachments?name=x.png",
            note["id"].as_str().unwrap()
        );
        let mut request = post(&path, &guest, "image/png", png.len()).into_bytes();
        request.extend_from_slice(&png);
        let mut wire = Wire::over(scene.connect(MALLORY).await.unwrap());
        tasks.push(tokio::spawn(async move {
            while wire.send(&request).await.is_ok() && wire.reply().await.is_ok() {}
        }));
    }
    sleep(LENGTH).await;
    for task in tasks {
        task.abort();
    }
}

/// Opens as many streams as guests of ten networks can, while a user with an account opens one.
pub(super) async fn streams(scene: &Scene) {
    let mut open = Vec::new();
    for last in 1..=10 {
        let network = Ipv4Addr::new(127, 0, 1, last);
        let guest = scene.guest(network).await;
        let request = get("/api/events", &guest);
        open.extend(send_on(scene, 20, network, request.as_bytes()).await);
    }
    sleep(LENGTH / 2).await;
    let mut wire = Wire::connect(scene.address).await.unwrap();
    wire.send(get("/api/events", scene.ada()).as_bytes())
        .await
        .unwrap();
    let event = timeout(Duration::from_secs(10), wire.event()).await;
    let event = event.unwrap().unwrap();
    assert!(event.starts_with("HTTP/1.1 200 "), "{event}");
    drop(open);
}

/// Opens more connections than the limit, from several networks, and sends nothing.
pub(super) async fn silent(scene: &Scene) {
    let mut open = Vec::new();
    for last in 1..=20 {
        let network = Ipv4Addr::new(127, 0, 2, last);
        open.extend(send_on(scene, 60, network, b"").await);
    }
    sleep(LENGTH).await;
    drop(open);
}

/// Signs in from many networks concurrently, each time with another name.
pub(super) async fn sign_ins(scene: &Scene) {
    let mut open = Vec::new();
    for last in 1..=10 {
        let network = Ipv4Addr::new(127, 0, 3, last);
        for number in 0..18 {
            let body = json!({"login": format!("nobody{last}x{number}"), "password": PASSWORD});
            let body = body.to_string();
            let request = post("/api/auth/login", "", "application/json", body.len()) + &body;
            open.extend(send_on(scene, 1, network, request.as_bytes()).await);
        }
    }
    for stream in &mut open {
        let mut first = [0; 12];
        let _ = timeout(LENGTH * 5, stream.read_exact(&mut first)).await;
    }
}
