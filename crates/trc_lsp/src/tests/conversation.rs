//! What the server says to what the client says.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use trc_base::{Lines, TextSize};
use trc_workspace::fs::{EntryKind, Folder};
use trc_workspace::{FileSystem, MemoryFileSystem, Project, RealFileSystem};

use super::client::{Client, options};
use crate::Exit;

const GOOD: &str = "organisation stad \"Staden\" {\n}\n";
const BAD: &str = "organisation stad \"Staden\" {\n}\n}\n";

fn uri(name: &str) -> String {
    format!("file:///w/{name}")
}

fn workspace(files: &[(&str, &str)]) -> MemoryFileSystem {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1\n");
    for (name, text) in files {
        fs.write(format!("/w/{name}"), *text);
    }
    fs
}

#[tokio::test]
async fn a_mistake_is_shown_and_mended() {
    let mut client = Client::open_folder(workspace(&[]), "/w").await;
    client.open(&uri("a.tr"), 1, BAD).await;
    let published = client.settle().await;
    assert_eq!(published.len(), 1, "{published:#?}");
    assert_eq!(published[0]["version"], 1);
    let [diagnostic] = client.shown[&uri("a.tr")].as_slice() else { panic!("{published:#?}") };
    assert_eq!(diagnostic["code"], "syntax");
    assert_eq!(diagnostic["source"], "trc");
    assert_eq!(diagnostic["severity"], 1);
    assert_eq!(diagnostic["range"]["start"], json!({ "line": 2, "character": 0 }));
    let message = diagnostic["message"].as_str().unwrap();
    assert_eq!(message.split("\n\n").count(), 2, "what is wrong and what to do: {message}");

    let brace =
        json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } });
    client.change(&uri("a.tr"), 2, json!([{ "range": brace, "text": "" }])).await;
    client.settle().await;
    assert!(client.shown.is_empty());
    client.change(&uri("a.tr"), 3, json!([{ "text": BAD }])).await;
    client.settle().await;
    assert_eq!(client.rules(&uri("a.tr")), ["syntax"]);
    client.leave().await;
}

#[tokio::test]
async fn what_is_shown_already_is_not_sent_again() {
    let mut client = Client::open_folder(workspace(&[("a.tr", BAD)]), "/w").await;
    assert_eq!(client.rules(&uri("a.tr")), ["syntax"], "files that are not open are checked too");
    client.open(&uri("a.tr"), 1, BAD).await;
    let end = json!({ "line": 3, "character": 0 });
    let change = json!([{ "range": { "start": end, "end": end }, "text": "// kommentar\n" }]);
    client.change(&uri("a.tr"), 2, change).await;
    assert_eq!(client.settle().await, Vec::<Value>::new());
    client.leave().await;
}

#[tokio::test]
async fn a_closed_document_is_what_is_on_disk() {
    let mut client = Client::open_folder(workspace(&[("a.tr", GOOD)]), "/w").await;
    client.open(&uri("a.tr"), 1, BAD).await;
    client.open(&uri("ny.tr"), 1, "}\n").await;
    client.settle().await;
    assert_eq!(client.shown.len(), 2);
    client.close(&uri("a.tr")).await;
    client.settle().await;
    assert_eq!(client.shown.keys().collect::<Vec<_>>(), [&uri("ny.tr")]);
    client.close(&uri("ny.tr")).await;
    client.settle().await;
    assert!(client.shown.is_empty(), "it was never saved, so it is no more");
    client.leave().await;
}

#[tokio::test]
async fn documents_outside_every_workspace_are_checked_alone() {
    let fs = workspace(&[("ut/a.tr", ""), (".dold/a.tr", "")]);
    fs.write("/lös/a.tr", GOOD);
    let mut client = Client::open_folder(fs, "/w").await;
    let uris = [
        "file:///l%C3%B6s/a.tr",
        "file:///finns/inte/a.tr",
        "untitled:Untitled-1",
        "untitled:",
        "file:///w/ut/a.tr",
        "file:///w/.dold/a.tr",
        "vscode-vfs://server/a.tr",
    ];
    for uri in uris {
        client.open(uri, 1, BAD).await;
        client.settle().await;
        assert_eq!(client.rules(uri), ["syntax"], "{uri}");
    }
    assert_eq!(client.shown.len(), uris.len());
    for uri in uris {
        client.close(uri).await;
    }
    client.settle().await;
    assert!(client.shown.is_empty());
    client.leave().await;
}

#[tokio::test]
async fn a_document_of_a_workspace_that_is_not_open_opens_it() {
    let fs = workspace(&[("a.tr", BAD), ("b.tr", GOOD)]);
    let mut client = Client::greet(options(fs), json!({ "capabilities": {} })).await;
    client.open(&uri("b.tr"), 1, GOOD).await;
    client.settle().await;
    assert!(client.rules(&uri("a.tr")).contains(&"syntax"));
    client.close(&uri("b.tr")).await;
    client.settle().await;
    assert!(client.shown.is_empty(), "nothing of it is open any more");
    client.leave().await;
}

#[tokio::test]
async fn a_document_moves_into_a_workspace_that_comes_into_being() {
    let fs = MemoryFileSystem::new();
    fs.write("/w/a.tr", GOOD);
    fs.write("/w/b.tr", "}\n");
    let mut client = Client::open_folder(fs.clone(), "/w").await;
    client.open(&uri("a.tr"), 1, BAD).await;
    client.settle().await;
    assert_eq!(client.shown.len(), 1);
    fs.write("/w/trc.toml", "tr = 1");
    client.changed_on_disk(&[uri("trc.toml")]).await;
    client.settle().await;
    assert_eq!(client.shown.keys().collect::<Vec<_>>(), [&uri("a.tr"), &uri("b.tr")]);
    client.close(&uri("a.tr")).await;
    client.settle().await;
    assert_eq!(client.shown.keys().collect::<Vec<_>>(), [&uri("b.tr")]);
    client.leave().await;
}

#[tokio::test]
async fn folders_come_and_go() {
    let fs = workspace(&[("a.tr", BAD), ("b.tr", BAD)]);
    let mut client = Client::greet(options(fs), json!({ "capabilities": {} })).await;
    let folder = json!([{ "uri": "file:///w", "name": "w" }]);
    let change = async |client: &mut Client, added: &Value, removed: &Value| {
        let event = json!({ "added": added, "removed": removed });
        client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event })).await;
        client.settle().await;
    };
    assert_eq!(client.settle().await, Vec::<Value>::new());
    change(&mut client, &folder, &json!([])).await;
    assert_eq!(client.shown.keys().collect::<Vec<_>>(), [&uri("a.tr"), &uri("b.tr")]);
    client.open(&uri("a.tr"), 1, BAD).await;
    change(&mut client, &json!([]), &folder).await;
    assert_eq!(client.shown.len(), 2, "one of its files is open");
    client.close(&uri("a.tr")).await;
    client.settle().await;
    assert!(client.shown.is_empty());
    change(&mut client, &folder, &json!([])).await;
    change(&mut client, &json!([]), &folder).await;
    assert!(client.shown.is_empty());
    client.leave().await;
}

#[tokio::test]
async fn settings_have_diagnostics_too() {
    let fs = workspace(&[]);
    let mut client = Client::open_folder(fs.clone(), "/w").await;
    fs.write("/w/trc.toml", "# å😀\ntr = 9\n");
    client.changed_on_disk(&[uri("trc.toml")]).await;
    client.settle().await;
    let [diagnostic] = client.shown[&uri("trc.toml")].as_slice() else { panic!() };
    assert_eq!(diagnostic["code"], "invalid-configuration");
    assert_eq!(diagnostic["range"]["start"], json!({ "line": 1, "character": 5 }));
    fs.remove("/w/trc.toml");
    client.changed_on_disk(&[uri("trc.toml")]).await;
    client.settle().await;
    assert_eq!(client.rules(&uri("trc.toml")), ["configuration-removed"]);
    // The editor's text counts before it is saved.
    client.open(&uri("trc.toml"), 1, "tr = 1").await;
    client.settle().await;
    assert!(client.shown.is_empty());
    client.close(&uri("trc.toml")).await;
    client.settle().await;
    assert_eq!(client.rules(&uri("trc.toml")), ["configuration-removed"]);
    client.leave().await;
}

#[tokio::test]
async fn a_burst_of_changes_on_disk_is_taken_up_together() {
    let names: Vec<String> = (0..500).map(|number| format!("{number:03}.tr")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let fs = workspace(&files);
    let mut client = Client::open_folder(fs.clone(), "/w").await;
    for name in &names {
        fs.write(format!("/w/{name}"), BAD);
    }
    let uris: Vec<String> = names.iter().map(|name| uri(name)).collect();
    client.changed_on_disk(&uris).await;
    let published = client.settle().await;
    let files: BTreeSet<&str> =
        published.iter().map(|params| params["uri"].as_str().unwrap()).collect();
    assert_eq!((published.len(), files.len()), (500, 500), "each file once");
    client.leave().await;
}

#[tokio::test]
async fn nonsense_is_survived() {
    let mut client = Client::open_folder(workspace(&[]), "/w").await;
    let a = uri("a.tr");
    client.change(&a, 1, json!([{ "text": BAD }])).await;
    client.close(&a).await;
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": a } })).await;
    client.changed_on_disk(&["untitled:x".into(), "file:///w/../../x.tr".into()]).await;
    client.notify("textDocument/didOpen", json!({ "textDocument": 7 })).await;
    client.notify("finns/inte", json!({})).await;
    assert_eq!(client.settle().await, Vec::<Value>::new());

    client.open(&a, 7, GOOD).await;
    let range = |from: (u32, u32), to: (u32, u32)| {
        json!({
            "start": { "line": from.0, "character": from.1 },
            "end": { "line": to.0, "character": to.1 },
        })
    };
    // Beyond the end, with the end before the start, with an older version.
    client.change(&a, 3, json!([{ "range": range((9, 9), (99, 99)), "text": "}\n" }])).await;
    client.settle().await;
    assert_eq!(client.rules(&a), ["syntax"]);
    client.change(&a, 2, json!([{ "range": range((2, 0), (1, 0)), "text": "// " }])).await;
    client.settle().await;
    assert!(client.shown.is_empty());
    // Opened twice.
    client.open(&a, 1, BAD).await;
    client.settle().await;
    assert_eq!(client.rules(&a), ["syntax"]);
    // Other people's documents are none of ours.
    let params = json!({ "textDocument":
        { "uri": uri("a.md"), "languageId": "markdown", "version": 1, "text": BAD } });
    client.notify("textDocument/didOpen", params).await;
    assert_eq!(client.settle().await, Vec::<Value>::new());
    let unknown = json!({ "textDocument": { "uri": uri("b.tr") }, "options":
        { "tabSize": 2, "insertSpaces": true } });
    assert_eq!(client.request("textDocument/formatting", unknown).await.unwrap(), Value::Null);
    client.leave().await;
}

#[tokio::test]
async fn every_encoding_counts_as_the_client_does() {
    // å, a decomposed å, an emoji, a tab and CRLF before the mistake.
    let text = "organisation stad \"Staden\" {\r\n}\r\nå a\u{30a}\t😀 }\r\n";
    for (name, length) in [
        ("utf-8", (|text| text.len()) as fn(&str) -> usize),
        ("utf-16", |text| text.encode_utf16().count()),
        ("utf-32", |text| text.chars().count()),
    ] {
        let general = json!({ "positionEncodings": [name, "utf-16"] });
        let mut client = Client::start(options(MemoryFileSystem::new()));
        let params = json!({ "capabilities": { "general": general } });
        let hello = client.request("initialize", params).await.unwrap();
        assert_eq!(hello["capabilities"]["positionEncoding"], name);
        client.notify("initialized", json!({})).await;
        client.open("untitled:a", 1, text).await;
        client.settle().await;
        assert!(client.rules("untitled:a").contains(&"syntax"), "{:#?}", client.shown);
        let lines: Vec<&str> = text.split("\r\n").collect();
        let ends: BTreeSet<u64> = (client.shown["untitled:a"].iter())
            .filter(|diagnostic| diagnostic["range"]["end"]["line"] == 2)
            .map(|diagnostic| diagnostic["range"]["end"]["character"].as_u64().unwrap())
            .collect();
        assert!(ends.contains(&(length(lines[2]) as u64)), "{name}: {ends:?}");

        // Replace the emoji, by its columns, with what makes the line a comment.
        let before = lines[2].split('😀').next().unwrap();
        let range = json!({
            "start": { "line": 2, "character": length(before) },
            "end": { "line": 2, "character": length(before) + length("😀") },
        });
        let start = json!({ "line": 2, "character": 0 });
        let change = json!([
            { "range": range, "text": "x" },
            { "range": { "start": start, "end": start }, "text": "// " },
        ]);
        client.change("untitled:a", 2, change).await;
        client.settle().await;
        assert!(client.shown.is_empty(), "{name}: {:#?}", client.shown);
        client.leave().await;
    }
}

#[tokio::test]
async fn messages_are_in_the_clients_language() {
    let message = async |locale: Value| {
        let params = json!({ "capabilities": {}, "locale": locale });
        let mut client = Client::greet(options(MemoryFileSystem::new()), params).await;
        client.open("untitled:a", 1, BAD).await;
        client.settle().await;
        let message = client.shown["untitled:a"][0]["message"].as_str().unwrap().to_owned();
        client.leave().await;
        message
    };
    let swedish = message(json!("sv")).await;
    assert_eq!(message(Value::Null).await, swedish);
    assert_ne!(message(json!("en-US")).await, swedish);
}

#[tokio::test]
async fn formatting_is_edits_that_lead_to_the_canonical_layout() {
    let text = "budget 2025 för stad\nmål 1 \"Å a\u{30a}😀 – text\" {\nbeskrivning:    En\u{e5}😀   \n\n\n\n}\n\
                mål 2 \"Två\" {\n  beskrivning: Rätt.\n}\n";
    let formatted = trc_format::format(text).text;
    assert_ne!(formatted, text);
    let mut client = Client::open_folder(workspace(&[]), "/w").await;
    client.open(&uri("a.tr"), 1, text).await;
    let params = json!({ "textDocument": { "uri": uri("a.tr") }, "options":
        { "tabSize": 8, "insertSpaces": false } });
    let edits = client.request("textDocument/formatting", params.clone()).await.unwrap();
    let edits = edits.as_array().unwrap();
    let mut result: Vec<u16> = text.encode_utf16().collect();
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let before: usize =
            text.split_inclusive('\n').take(line).map(|line| line.encode_utf16().count()).sum();
        before + position["character"].as_u64().unwrap() as usize
    };
    for edit in edits.iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        result.splice(range, edit["newText"].as_str().unwrap().encode_utf16());
    }
    assert_eq!(String::from_utf16(&result).unwrap(), formatted);
    let last_changed =
        edits.iter().map(|edit| edit["range"]["end"]["line"].as_u64().unwrap()).max().unwrap();
    assert!(last_changed < 8, "what is laid out already is left alone: {edits:#?}");

    client.change(&uri("a.tr"), 2, json!([{ "text": formatted }])).await;
    let edits = client.request("textDocument/formatting", params).await.unwrap();
    assert_eq!(edits, json!([]));
    client.settle().await;
    client.leave().await;
}

#[tokio::test]
async fn files_are_watched_where_the_client_can() {
    let watching =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let params = json!({ "capabilities": watching });
    let mut client = Client::greet(options(MemoryFileSystem::new()), params).await;
    let register = client.expect("client/registerCapability").await;
    let registration = &register["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = registration["registerOptions"]["watchers"].as_array().unwrap();
    let patterns: Vec<&Value> = watchers.iter().map(|watcher| &watcher["globPattern"]).collect();
    let data = "**/*.{csv,tsv,txt,xlsx,xlsm}";
    assert_eq!(patterns, ["**/*.tr", "**/trc.toml", "**/.gitignore", data, "**/*"]);
    // The answer never comes; nothing waits for it.
    client.open("untitled:a", 1, BAD).await;
    client.settle().await;
    assert_eq!(client.shown.len(), 1);
    client.leave().await;
}

/// The example that people learn from, as it is on disk.
fn example() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/norra-innerstaden")
}

/// The diagnostics of a workspace as the protocol counts them, straight from the rules.
fn checked(project: &Project) -> BTreeMap<String, Vec<(u64, u64, String)>> {
    let mut expected: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for diagnostic in trc_rules::check(project.db(), project.workspace()) {
        let name = &*diagnostic.location.file;
        let file = project.file(Utf8Path::new(name)).unwrap();
        let start = TextSize::new(diagnostic.location.range.start);
        let lines = Lines::new(file.text(project.db()));
        let at = lines.line_column(start, trc_base::Encoding::Utf16);
        let entry = (at.line.into(), at.column.into(), diagnostic.rule.to_owned());
        expected.entry(name.to_owned()).or_default().push(entry);
    }
    expected.values_mut().for_each(|entries| entries.sort());
    expected
}

fn shown(client: &Client, root: &Utf8Path) -> BTreeMap<String, Vec<(u64, u64, String)>> {
    let mut shown = BTreeMap::new();
    for (uri, diagnostics) in &client.shown {
        let path = crate::convert::path(&uri.parse().unwrap()).unwrap();
        let name = path.strip_prefix(root).unwrap().to_string();
        let mut entries: Vec<_> = (diagnostics.iter())
            .map(|diagnostic| {
                let start = &diagnostic["range"]["start"];
                let number = |key: &str| start[key].as_u64().unwrap();
                let rule = diagnostic["code"].as_str().unwrap().to_owned();
                (number("line"), number("character"), rule)
            })
            .collect();
        entries.sort();
        shown.insert(name, entries);
    }
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_is_what_a_check_finds() {
    let root = example().canonicalize_utf8().unwrap();
    let folder = root.as_str();
    let mut project = Project::open(Arc::new(RealFileSystem), &root).unwrap();
    let mut client = Client::open_folder(RealFileSystem, folder).await;
    assert_eq!(shown(&client, &root), checked(&project));

    // Break one file after another, and type on in each without a pause.
    let names: Vec<String> = project.files().map(|(name, _)| name.to_owned()).collect();
    for (version, name) in names.iter().enumerate() {
        let path = root.join(name);
        let uri = crate::convert::uri(&path).unwrap().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        client.open(&uri, 1, &text).await;
        let mut broken = text.clone();
        let middle = text.char_indices().nth(text.chars().count() / 2).unwrap().0;
        let line = text[..middle].rfind('\n').map_or(0, |at| at + 1);
        for count in 0..5 {
            broken.insert_str(line, "  aktivitet okänd_{ {finns.inte}\n");
            let changes = json!([{ "text": broken }]);
            client.change(&uri, (version + count) as i32 + 2, changes).await;
        }
        client.settle().await;
        project.set_overlay(&path, broken);
        assert_eq!(shown(&client, &root), checked(&project), "{name}");
    }
    assert!(!client.shown.is_empty());
    for name in &names {
        client.close(crate::convert::uri(&root.join(name)).unwrap().as_str()).await;
        project.remove_overlay(&root.join(name));
    }
    client.settle().await;
    assert_eq!(shown(&client, &root), checked(&project));
    client.leave().await;
}

#[tokio::test]
async fn related_places_are_shown_to_clients_that_can() {
    let fs = workspace(&[
        ("a.tr", "budget 2025 för stad\n\nmål 1 \"Ett\" {\n}\n"),
        ("b.tr", "budget 2025 för stad\n\nmål 1 \"Ett igen\" {\n}\n"),
    ]);
    let capabilities =
        json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let params = json!({ "capabilities": capabilities, "rootUri": "file:///w" });
    let mut client = Client::greet(options(fs.clone()), params).await;
    client.settle().await;
    let twice = |client: &Client| {
        let all = client.shown.values().flatten();
        all.filter(|diagnostic| diagnostic["code"] == "declared-twice").cloned().collect::<Vec<_>>()
    };
    let [diagnostic] = twice(&client).try_into().unwrap();
    let related = &diagnostic["relatedInformation"][0];
    assert!(!related["message"].as_str().unwrap().is_empty());
    assert!(related["location"]["uri"].as_str().unwrap().starts_with("file:///w/"));
    client.leave().await;

    let mut client = Client::open_folder(fs, "/w").await;
    assert_eq!(twice(&client)[0].get("relatedInformation"), None);
    client.settle().await;
    client.leave().await;
}

#[tokio::test]
async fn a_panic_ends_the_answer_and_not_the_server() {
    let mut client = Client::open_folder(workspace(&[]), "/w").await;
    client.open(&uri("a.tr"), 1, BAD).await;
    for (method, params) in
        [("test/panic", Value::Null), ("test/panicInAnswer", json!({ "uri": uri("a.tr") }))]
    {
        let error = client.request(method, params).await.unwrap_err();
        assert_eq!(error["code"], -32603, "{method}");
        let log = client.expect("window/logMessage").await;
        let message = log["params"]["message"].as_str().unwrap();
        assert!(message.contains(method) && message.contains("on purpose"), "{message}");
    }
    client.settle().await;
    assert_eq!(client.rules(&uri("a.tr")), ["syntax"]);
    client.leave().await;
}

/// A file system that panics, once.
#[derive(Debug)]
struct Panicking {
    inner: MemoryFileSystem,
    armed: Arc<AtomicBool>,
}

impl FileSystem for Panicking {
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        assert!(!self.armed.swap(false, Ordering::SeqCst), "on purpose");
        self.inner.read(path, limit)
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        self.inner.kind(path)
    }

    fn read_folder(&self, path: &Utf8Path) -> io::Result<Folder> {
        self.inner.read_folder(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.inner.canonicalize(path)
    }

    fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
        self.inner.replace(path, bytes)
    }
}

#[tokio::test]
async fn a_panic_in_the_writer_costs_nothing_but_time() {
    let armed = Arc::new(AtomicBool::new(false));
    let inner = workspace(&[("a.tr", GOOD), ("b.tr", BAD)]);
    let fs = Panicking { inner, armed: Arc::clone(&armed) };
    let mut client = Client::open_folder(fs, "/w").await;
    client.open(&uri("a.tr"), 1, GOOD).await;
    client.change(&uri("a.tr"), 2, json!([{ "text": BAD }])).await;
    client.settle().await;
    let before = client.shown.clone();
    assert_eq!(before.len(), 2);
    armed.store(true, Ordering::SeqCst);
    client.changed_on_disk(&[uri("b.tr")]).await;
    let log = client.expect("window/logMessage").await;
    assert!(log["params"]["message"].as_str().unwrap().contains("on purpose"));
    client.settle().await;
    assert_eq!(client.shown, before);
    client.change(&uri("a.tr"), 3, json!([{ "text": GOOD }])).await;
    client.settle().await;
    assert!(!client.rules(&uri("a.tr")).contains(&"syntax"));
    client.leave().await;
}

#[tokio::test]
async fn the_ways_to_part() {
    let params = || json!({ "capabilities": {} });
    let fs = MemoryFileSystem::new;

    let mut client = Client::greet(options(fs()), params()).await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.exit().await, Exit::Abrupt);

    let mut client = Client::greet(options(fs()), params()).await;
    client.hang_up();
    assert_eq!(client.exit().await, Exit::Abrupt);

    let mut client = Client::greet(options(fs()), params()).await;
    client.request("shutdown", Value::Null).await.unwrap();
    let error = client.request("test/ping", Value::Null).await.unwrap_err();
    assert_eq!(error["code"], -32600, "nothing is answered after the goodbye");
    client.hang_up();
    assert_eq!(client.exit().await, Exit::Clean);

    // Answers that never come are not waited for.
    let mut client = Client::greet(options(fs()), params()).await;
    client.ask("test/forever", Value::Null).await;
    client.hang_up();
    assert_eq!(client.exit().await, Exit::Abrupt);

    assert_eq!((Exit::Clean.code(), Exit::Abrupt.code()), (0, 1));
}

#[tokio::test]
async fn nothing_is_answered_before_the_greeting() {
    let mut client = Client::start(options(MemoryFileSystem::new()));
    client.open("untitled:a", 1, BAD).await;
    let error = client.request("test/ping", Value::Null).await.unwrap_err();
    assert_eq!(error["code"], -32002);
    client.request("initialize", json!({ "capabilities": {} })).await.unwrap();
    client.notify("initialized", json!({})).await;
    assert_eq!(client.settle().await, Vec::<Value>::new());
    client.leave().await;
}

#[tokio::test]
async fn a_mark_is_void_when_a_figure_of_another_file_changes() {
    const BUDGET: &str = "budget 2025 för norra\n\nmål 1.2 \"Barnen lär sig\"\n";
    const REPORT: &str = "rapport T1 2025 för norra\n\nmål 1.2 {\n  status: uppfylls helt\n  \
         klar: rektor, 2025-05-02, v1:a1f5-d8c2-d733-52ad-f041\n}\n";
    let files = workspace(&[("budget.tr", BUDGET), ("t1.tr", REPORT)]);
    let mut client = Client::open_folder(files, "/w").await;
    let is_void = |client: &Client| client.rules(&uri("t1.tr")).contains(&"attestation-void");
    assert!(!is_void(&client));
    client.open(&uri("budget.tr"), 1, &BUDGET.replace("lär sig", "lär sig läsa")).await;
    client.settle().await;
    assert!(is_void(&client), "{:#?}", client.shown);
    client.change(&uri("budget.tr"), 2, json!([{ "text": BUDGET }])).await;
    client.settle().await;
    assert!(!is_void(&client));
    client.leave().await;
}
