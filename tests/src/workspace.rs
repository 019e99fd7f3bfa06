//! A workspace in memory: what the compiler makes of a set of files.

use trc_base::Diagnostic;
use trc_model::data::{self, NotRead};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};
use trc_page::Built;

use crate::generate;

/// A database with a workspace of files that stand nowhere.
pub struct Memory {
    pub db: Database,
    pub workspace: Workspace,
    files: Vec<(String, SourceFile)>,
}

impl Memory {
    /// A workspace of files, each with its path and text. Those that are not `.tr` are data,
    /// which a source names.
    pub fn new(files: &[(String, String)]) -> Memory {
        let db = Database::default();
        let (sources, data): (Vec<_>, Vec<_>) =
            files.iter().partition(|(path, _)| path.ends_with(".tr"));
        let files: Vec<(String, SourceFile)> = sources
            .into_iter()
            .map(|(path, text)| {
                let file = SourceFile::new(&db, path.as_str().into(), text.clone(), None);
                (path.clone(), file)
            })
            .collect();
        let mut all = built_in_files(&db);
        all.extend(files.iter().map(|(_, file)| *file));
        let workspace = Workspace::new(&db, all, None, None);
        let mut memory = Memory { db, workspace, files };
        for (path, text) in data {
            memory.give(path, text);
        }
        memory
    }

    /// A complete workspace whose report, [`generate::REPORT`], has the given number of
    /// goals.
    pub fn generated(goals: usize) -> Memory {
        Memory::new(&generate::sources(goals))
    }

    /// Gives the workspace a file of data, or another content of one. The sources name it.
    pub fn give(&mut self, path: &str, text: &str) {
        let mut contents = std::collections::BTreeMap::new();
        for wanted in data::wanted(&self.db, self.workspace) {
            let known = self.workspace.data(&self.db).get(wanted.as_str());
            let content = known.map(|file| file.content(&self.db).clone());
            contents.insert(wanted, content.unwrap_or(Err(NotRead::Missing)));
        }
        let slot = contents.get_mut(path).expect("a path that a source names");
        *slot = Ok(text.as_bytes().into());
        data::provide(&mut self.db, self.workspace, contents);
    }

    /// The file of the given path.
    pub fn file(&self, path: &str) -> SourceFile {
        self.files.iter().find(|(known, _)| known == path).expect("a file of the workspace").1
    }

    /// Everything that the rules say, in order.
    pub fn findings(&self) -> Vec<Diagnostic> {
        trc_rules::check(&self.db, self.workspace)
    }

    /// A report as printed.
    pub fn page(&self, report: &str) -> Built {
        let key = DocumentKey::parse_report(report).expect("a report's key");
        trc_page::build(&self.db, self.workspace, &key).expect("the workspace has the report")
    }

    /// The page data of a report as JSON.
    pub fn page_data(&self, report: &str) -> String {
        self.page(report).to_json().expect("JSON")
    }
}
