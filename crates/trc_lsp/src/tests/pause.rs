//! What is checked at every keystroke, and what when typing pauses.

use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use serde_json::{Value, json};
use trc_workspace::MemoryFileSystem;

use super::client::{Client, options};
use crate::client::ClientFacts;
use crate::outbox::Outbox;
use crate::pool::Pool;
use crate::queue::{Message, Queue};
use crate::serve::Options;
use crate::session::Session;

const PAUSE: Duration = Duration::from_secs(3600);

fn two_files_of_one_budget() -> Options {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1\n");
    fs.write("/w/a.tr", "budget 2025 för stad\n\nmål 1 \"Ett\" {\n}\n");
    fs.write("/w/b.tr", "budget 2025 för stad\n\nmål 1 \"Ett igen\" {\n}\n");
    Options { typing_pause: PAUSE, ..options(fs) }
}

#[tokio::test]
async fn a_documents_other_files_do_not_wait_for_a_pause() {
    let params = json!({ "capabilities": {}, "rootUri": "file:///w" });
    let mut client = Client::greet(two_files_of_one_budget(), params).await;
    let twice = |published: &Value| {
        let diagnostics = published["params"]["diagnostics"].as_array().unwrap();
        diagnostics.iter().any(|diagnostic| diagnostic["code"] == "declared-twice")
    };
    // The first check does not wait: nobody has typed yet.
    client.settle().await;
    let before = client.rules("file:///w/b.tr").contains(&"declared-twice");
    assert!(before, "{:#?}", client.shown);
    client.open("file:///w/a.tr", 1, "budget 2025 för stad\n\nmål 2 \"Två\" {\n}\n").await;
    loop {
        let published = client.expect("textDocument/publishDiagnostics").await;
        if published["params"]["uri"] == "file:///w/b.tr" {
            assert!(!twice(&published));
            break;
        }
    }
    client.leave().await;
}

#[test]
fn the_workspace_is_checked_when_nobody_has_typed_for_a_while() {
    let (queue, messages) = Queue::new();
    let (outbox, _outgoing) = Outbox::new();
    let pool = Pool::new(1, &outbox).unwrap();
    let mut session = Session::new(two_files_of_one_budget(), queue, outbox, pool);
    let facts = json!({ "capabilities": {}, "rootUri": "file:///w" });
    let facts = ClientFacts::new(&serde_json::from_value(facts).unwrap());
    assert_eq!(facts.folders, [Utf8PathBuf::from("/w")]);
    let start = Instant::now();
    let after = |seconds| start + Duration::from_secs(seconds);
    session.handle(Message::Greeted(facts));
    session.settle(start);
    assert_eq!(session.due(), None, "the first check does not wait");

    let uri: tower_lsp::ls_types::Uri = "file:///w/a.tr".parse().unwrap();
    let text = "budget 2025 för stad\n".to_owned();
    session.handle(Message::Opened { uri: uri.clone(), language: "tr".into(), version: 1, text });
    session.settle(after(10));
    assert_eq!(session.due(), Some(after(10) + PAUSE));
    session.settle(after(20));
    assert_eq!(session.due(), Some(after(10) + PAUSE), "nobody typed");
    let change = json!([{ "text": "budget 2025 för stad\n\n" }]);
    let changes = serde_json::from_value(change).unwrap();
    session.handle(Message::Changed { uri, version: 2, changes });
    session.settle(after(30));
    assert_eq!(session.due(), Some(after(30) + PAUSE), "somebody did");
    session.settle(after(30) + PAUSE);
    assert_eq!(session.due(), None);
    // Everything, then the file twice, then everything: each check has an end.
    for _ in 0..4 {
        let ended = messages.recv_timeout(Duration::from_secs(30)).unwrap();
        assert!(matches!(ended, Message::Findings(_)));
        session.handle(ended);
    }
    session.settle(after(40) + PAUSE);
    assert!(messages.try_recv().is_err(), "there is nothing left to check");
}
