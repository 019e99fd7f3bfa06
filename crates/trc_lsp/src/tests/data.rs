//! Files of data under a running server.

use trc_workspace::MemoryFileSystem;

use super::client::Client;

const REPORT: &str = "rapport T1 2025 för nord\n\ntabell a \"A\" i mnkr {\n  från: a.csv\n  rad s \"Summa\" = summa\n}\n";
const URI: &str = "file:///w/t1.tr";

/// What is said of the file, by rule.
fn said(client: &Client) -> Vec<&str> {
    let mut rules = client.rules(URI);
    rules.retain(|rule| ["data-file", "table-figure"].contains(rule));
    rules
}

async fn changed(client: &mut Client) {
    client.changed_on_disk(&["file:///w/a.csv".to_owned()]).await;
    client.settle().await;
}

#[tokio::test]
async fn a_file_that_vanishes_is_said_and_taken_back_when_it_returns() {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1\n");
    fs.write("/w/a.csv", "Rad;Budget\nEtt;1\nTvå;2\nSumma;3\n");
    let mut client = Client::open_folder(fs.clone(), "/w").await;
    client.open(URI, 1, REPORT).await;
    client.settle().await;
    assert_eq!(said(&client), Vec::<&str>::new());

    fs.remove("/w/a.csv");
    changed(&mut client).await;
    assert_eq!(said(&client), ["data-file"]);

    fs.write("/w/a.csv", "Rad;Budget\nEtt;1\nTvå;2\nSumma;4\n");
    changed(&mut client).await;
    assert_eq!(said(&client), ["table-figure"]);

    fs.write("/w/a.csv", "Rad;Budget\nEtt;1\nTvå;2\nSumma;3\n");
    changed(&mut client).await;
    assert_eq!(said(&client), Vec::<&str>::new());
    client.leave().await;
}
