//! What the client said about itself when it was greeted.

use camino::Utf8PathBuf;
use tower_lsp::ls_types::{InitializeParams, PositionEncodingKind, Uri};
use trc_base::{Encoding, Language};
use trc_workspace::paths::{self, Style};

/// What the server needs to know about its client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFacts {
    /// What a column counts.
    pub encoding: Encoding,
    /// The language of messages.
    pub language: Language,
    /// The folders that are open, in the client's order.
    pub folders: Vec<Utf8PathBuf>,
    /// The client will watch files if it is asked to.
    pub can_watch: bool,
    /// The client shows other places that belong to a diagnostic.
    pub related_information: bool,
}

impl ClientFacts {
    /// Reads what the client sent.
    pub fn new(params: &InitializeParams) -> ClientFacts {
        let capabilities = &params.capabilities;
        let text_document = capabilities.text_document.as_ref();
        let watching = (capabilities.workspace.as_ref())
            .and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let publishing =
            text_document.and_then(|capabilities| capabilities.publish_diagnostics.as_ref());
        ClientFacts {
            encoding: encoding(params),
            language: language(params),
            folders: folders(params),
            can_watch: watching.and_then(|watching| watching.dynamic_registration) == Some(true),
            related_information: publishing.and_then(|publishing| publishing.related_information)
                == Some(true),
        }
    }

    /// The encoding as the protocol names it.
    pub fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The first of the client's encodings that the server knows; it knows all three.
fn encoding(params: &InitializeParams) -> Encoding {
    let general = params.capabilities.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_deref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offered.unwrap_or_default().iter().find_map(known).unwrap_or(Encoding::Utf16)
}

/// The language asked for in the options, else that of the client's own texts. Who
/// has neither set is a report writer, and reads Swedish.
fn language(params: &InitializeParams) -> Language {
    let options = params.initialization_options.as_ref();
    let asked =
        options.and_then(|options| options.get("language")).and_then(|value| value.as_str());
    match asked.or(params.locale.as_deref()) {
        Some(tag)
            if tag.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("en")) =>
        {
            Language::En
        }
        _ => Language::Sv,
    }
}

/// The open folders. Clients of before 2018 name one, and it is deprecated, but they
/// exist.
#[allow(deprecated)]
fn folders(params: &InitializeParams) -> Vec<Utf8PathBuf> {
    let path = |uri: &Uri| paths::from_uri(uri.as_str(), Style::HERE).map(Utf8PathBuf::from);
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| path(&folder.uri)).collect(),
        None => match (&params.root_uri, &params.root_path) {
            (Some(uri), _) => path(uri).into_iter().collect(),
            (None, Some(path)) => vec![Utf8PathBuf::from(path)],
            (None, None) => Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn facts(params: Value) -> ClientFacts {
        ClientFacts::new(&serde_json::from_value(params).unwrap())
    }

    #[test]
    fn a_client_that_says_nothing() {
        let facts = facts(json!({ "capabilities": {} }));
        assert_eq!(
            facts,
            ClientFacts {
                encoding: Encoding::Utf16,
                language: Language::Sv,
                folders: Vec::new(),
                can_watch: false,
                related_information: false,
            }
        );
    }

    #[test]
    fn the_clients_first_known_encoding_is_taken() {
        let encoding = |offered: Value| {
            facts(json!({ "capabilities": { "general": { "positionEncodings": offered } } }))
                .encoding
        };
        assert_eq!(encoding(json!(["utf-7", "utf-32", "utf-8"])), Encoding::Utf32);
        assert_eq!(encoding(json!(["utf-8"])), Encoding::Utf8);
        assert_eq!(encoding(json!(["ebcdic"])), Encoding::Utf16);
        assert_eq!(encoding(json!([])), Encoding::Utf16);
    }

    #[test]
    fn the_language_asked_for_wins_over_the_locale() {
        let language = |locale: Value, options: Value| {
            let params =
                json!({ "capabilities": {}, "locale": locale, "initializationOptions": options });
            facts(params).language
        };
        assert_eq!(language(json!("en-GB"), Value::Null), Language::En);
        assert_eq!(language(json!("EN"), Value::Null), Language::En);
        assert_eq!(language(json!("sv"), Value::Null), Language::Sv);
        assert_eq!(language(json!("enm"), Value::Null), Language::Sv);
        assert_eq!(language(json!("en"), json!({ "language": "sv" })), Language::Sv);
        assert_eq!(language(Value::Null, json!({ "language": "en" })), Language::En);
    }

    #[cfg(unix)]
    #[test]
    fn folders_in_all_three_spellings() {
        let folder = |uri: &str| json!({ "uri": uri, "name": "" });
        let both = json!({
            "capabilities": {},
            "workspaceFolders": [folder("file:///m%C3%A5l"), folder("untitled:x"), folder("file:///b")],
            "rootUri": "file:///a",
        });
        assert_eq!(facts(both).folders, ["/mål", "/b"]);
        assert_eq!(facts(json!({ "capabilities": {}, "rootUri": "file:///a" })).folders, ["/a"]);
        assert_eq!(facts(json!({ "capabilities": {}, "rootPath": "/a" })).folders, ["/a"]);
    }
}
