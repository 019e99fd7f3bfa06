//! A server in trouble still reads what it is told, and keeps its order.

use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use trc_workspace::MemoryFileSystem;

use super::client::{Client, options};
use super::{release, wait_until_held};

/// As many handlers as the transport would run at a time if it were left to itself.
const HANDLERS: usize = 4;
const CHANGES: i32 = 200;

fn greeting() -> Value {
    json!({ "capabilities": {} })
}

/// Types numbers at the end of a document, a line each.
async fn type_numbers(client: &mut Client, uri: &str) {
    for number in 0..CHANGES {
        let line = number + 1;
        let end = json!({ "line": line, "character": 0 });
        let change =
            json!([{ "range": { "start": end, "end": end }, "text": format!("// {number}\n") }]);
        client.change(uri, number + 2, change).await;
    }
}

/// The document after [`type_numbers`].
fn typed(first_line: &str) -> String {
    let lines: String = (0..CHANGES).map(|number| format!("// {number}\n")).collect();
    format!("{first_line}{lines}")
}

async fn text(client: &mut Client, uri: &str) -> Value {
    client.request("test/hold", json!({ "uri": uri })).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn handlers_that_never_answer_stop_nothing() {
    let uri = "file:///flood/handlers.tr";
    let first_line = "organisation stad \"Staden\" {}\n";
    let mut client = Client::greet(options(MemoryFileSystem::new()), greeting()).await;
    let mut stuck = Vec::new();
    for _ in 0..HANDLERS {
        stuck.push(client.ask("test/forever", Value::Null).await);
    }
    client.open(uri, 1, first_line).await;
    type_numbers(&mut client, uri).await;
    assert_eq!(client.request("test/ping", Value::Null).await.unwrap(), "pong");
    release(uri);
    assert_eq!(text(&mut client, uri).await, typed(first_line));
    // They can still be withdrawn.
    for id in stuck {
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        assert_eq!(client.answer(id).await.unwrap_err()["code"], -32800);
    }
    client.settle().await;
    client.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_hold_on_to_the_database_stop_only_the_writer() {
    let uri = "file:///flood/answers.tr";
    let first_line = "organisation stad \"Staden\" {}\n";
    let mut options = options(MemoryFileSystem::new());
    options.threads = HANDLERS + 1;
    let mut client = Client::greet(options, greeting()).await;
    client.open(uri, 1, first_line).await;
    client.settle().await;
    let mut held = Vec::new();
    for _ in 0..HANDLERS {
        held.push(client.ask("test/hold", json!({ "uri": uri })).await);
    }
    spawn_blocking(move || wait_until_held(uri, HANDLERS as i32)).await.unwrap();
    type_numbers(&mut client, uri).await;
    // The writer waits for the answers now, and the input is read all the same.
    assert_eq!(client.request("test/ping", Value::Null).await.unwrap(), "pong");
    release(uri);
    for id in held {
        assert_eq!(client.answer(id).await.unwrap(), first_line, "the text at the question's turn");
    }
    assert_eq!(text(&mut client, uri).await, typed(first_line));
    client.settle().await;
    client.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_writes_before_it_reads_is_not_waited_for() {
    let mut client = Client::start_deaf(options(MemoryFileSystem::new()));
    let hello = client.ask("initialize", greeting()).await;
    client.notify("initialized", json!({})).await;
    let mut questions = Vec::new();
    for number in 0..CHANGES {
        // Much more than the pipe holds, in notifications and in answers.
        let uri = format!("file:///flood/{number}.tr");
        client.open(&uri, 1, "}\n".repeat(10).as_str()).await;
        questions.push(client.ask("test/ping", Value::Null).await);
    }
    client.listen();
    client.answer(hello).await.unwrap();
    for id in questions {
        assert_eq!(client.answer(id).await.unwrap(), "pong");
    }
    client.settle().await;
    assert_eq!(client.shown.len(), CHANGES as usize);
    client.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_sees_what_was_said_before_it_and_nothing_after() {
    let uri = "file:///flood/order.tr";
    let mut client = Client::greet(options(MemoryFileSystem::new()), greeting()).await;
    client.open(uri, 1, "// 0\n").await;
    release(uri);
    let mut questions = Vec::new();
    for number in 1..50 {
        client.change(uri, number + 1, json!([{ "text": format!("// {number}\n") }])).await;
        questions.push((number, client.ask("test/hold", json!({ "uri": uri })).await));
    }
    for (number, id) in questions {
        match client.answer(id).await {
            Ok(text) => assert_eq!(text, format!("// {number}\n")),
            // A change came before the answer, and the client has to ask again.
            Err(error) => assert_eq!(error["code"], -32801),
        }
    }
    client.settle().await;
    client.leave().await;
}
