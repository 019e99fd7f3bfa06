//! The published schema of page data is that of the types. After a change,
//! `TRC_UPDATE=1 cargo test -p trc_page --test schema` writes it anew.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use trc_page::data::{CONTRACT_VERSION, json_schema};

#[test]
fn the_published_schema_is_that_of_the_types() {
    let mut schema = json_schema();
    schema.insert(
        "title".to_owned(),
        format!("Tertial page data, version {CONTRACT_VERSION}").into(),
    );
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/page-data.schema.json");
    if std::env::var_os("TRC_UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published == text, "run with TRC_UPDATE=1");
}
