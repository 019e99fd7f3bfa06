#![allow(clippy::all, clippy::unwrap_used, clippy::disallowed_methods)]
use trc_model::{Database, SourceFile, Workspace};
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let db = Database::default();
    let mut files = trc_model::vocabulary::built_in_files(&db);
    for e in std::fs::read_dir(&dir).unwrap() {
        let p = e.unwrap().path();
        if p.extension().is_some_and(|x| x == "tr") {
            let d = trc_syntax::decode::decode(&std::fs::read(&p).unwrap());
            files.push(SourceFile::new(&db, p.file_name().unwrap().to_str().unwrap().into(), d.text, d.problem));
        }
    }
    let ws = Workspace::new(&db, files.clone(), Some(trc_model::Phase::Final), None);
    let t = std::time::Instant::now();
    let found = trc_rules::check(&db, ws);
    let el = t.elapsed();
    for d in &found {
        let f = files.iter().find(|f| **f.path(&db) == *d.location.file).unwrap();
        let lc = trc_model::db::lines(&db, *f).line_column(d.location.range.start.into(), trc_base::Encoding::Utf32);
        println!("{}:{}:{}: {:?}[{}] {}\n      {}", d.location.file, lc.line + 1, lc.column + 1, d.severity, d.rule, d.message.sv, d.help.sv);
    }
    println!("{} findings in {:?}", found.len(), el);
}
