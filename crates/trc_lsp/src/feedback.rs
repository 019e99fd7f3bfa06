//! The book of what the client shows.
//!
//! The protocol replaces a file's diagnostics as a whole and forgets none. Every
//! message that changes them goes through here: what is shown already is not sent
//! again, and what is no longer true is taken back.

use std::collections::BTreeMap;

use tower_lsp::ls_types::{Diagnostic, PublishDiagnosticsParams, Uri};

/// What the client shows.
#[derive(Debug, Default)]
pub struct Feedback {
    /// By address. A file without diagnostics has no entry.
    shown: BTreeMap<Uri, Vec<Diagnostic>>,
}

impl Feedback {
    /// The message that makes the client show these diagnostics for a file, unless it
    /// does already.
    #[must_use]
    pub fn show(
        &mut self,
        uri: &Uri,
        version: Option<i32>,
        diagnostics: Vec<Diagnostic>,
    ) -> Option<PublishDiagnosticsParams> {
        let shown = self.shown.get(uri).map(Vec::as_slice).unwrap_or_default();
        if shown == diagnostics {
            return None;
        }
        if diagnostics.is_empty() {
            self.shown.remove(uri);
        } else {
            self.shown.insert(uri.clone(), diagnostics.clone());
        }
        Some(PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics })
    }

    /// The message that makes the client show nothing for a file.
    #[must_use]
    pub fn clear(&mut self, uri: &Uri) -> Option<PublishDiagnosticsParams> {
        self.show(uri, None, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(message: &str) -> Diagnostic {
        Diagnostic { message: message.to_owned(), ..Default::default() }
    }

    #[test]
    fn only_what_changes_is_sent() {
        let (a, b): (Uri, Uri) = ("file:///a".parse().unwrap(), "file:///b".parse().unwrap());
        let mut feedback = Feedback::default();
        assert_eq!(feedback.show(&a, Some(1), vec![]), None, "nothing was shown");
        assert_eq!(feedback.clear(&a), None);

        let sent = feedback.show(&a, Some(2), vec![diagnostic("x")]).unwrap();
        assert_eq!((sent.version, sent.diagnostics.len()), (Some(2), 1));
        assert_eq!(feedback.show(&a, Some(3), vec![diagnostic("x")]), None, "it is shown already");
        assert!(feedback.show(&b, None, vec![diagnostic("x")]).is_some(), "another file");
        assert!(feedback.show(&a, Some(4), vec![diagnostic("y")]).is_some());

        assert_eq!(feedback.clear(&a).unwrap().diagnostics, []);
        assert_eq!(feedback.clear(&a), None, "it is cleared already");
        assert!(feedback.show(&a, None, vec![diagnostic("y")]).is_some(), "it is forgotten too");
    }
}
