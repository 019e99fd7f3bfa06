//! Files of data: which are read, what is said of those that cannot be, and what a change
//! on disk comes to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use trc_model::data::{MOST_BYTES, NotRead};
use trc_workspace::{MemoryFileSystem, Project};

const TABLE: &str = "rapport T1 2025 för nord\n\ntabell a \"A\" {\n  från: ../data/a.csv\n}\n";

fn workspace(files: &[(&str, &str)]) -> (MemoryFileSystem, Project) {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1\n");
    for (name, text) in files {
        fs.write(format!("/w/{name}"), *text);
    }
    let project = Project::open(Arc::new(fs.clone()), "/w".into()).unwrap();
    (fs, project)
}

/// The files that were looked for, each with its text or why there is none.
fn data(project: &Project) -> Vec<(String, Result<String, NotRead>)> {
    let db = project.db();
    let text = |bytes: &Arc<[u8]>| String::from_utf8_lossy(bytes).into_owned();
    let files = project.workspace().data(db).iter();
    files
        .map(|(path, file)| (path.to_string(), file.content(db).as_ref().map(text).map_err(|e| *e)))
        .collect()
}

fn changed(project: &mut Project, path: &str) {
    project.apply_disk_changes(&[Utf8PathBuf::from(path)]);
}

#[test]
fn a_file_is_read_where_a_source_names_it() {
    let (_, project) =
        workspace(&[("r/t1.tr", TABLE), ("data/a.csv", "x;y\n"), ("data/b.csv", "nobody's")]);
    assert_eq!(data(&project), [("data/a.csv".into(), Ok("x;y\n".into()))]);
}

#[test]
fn a_file_that_changes_goes_and_comes_back_is_one_revision_each() {
    let (fs, mut project) = workspace(&[("r/t1.tr", TABLE), ("data/a.csv", "1")]);
    let input = project.workspace().data(project.db())["data/a.csv"];
    fs.write("/w/data/a.csv", "2");
    changed(&mut project, "/w/data/a.csv");
    assert_eq!(data(&project)[0].1, Ok("2".into()));
    assert_eq!(project.revision(), 1);
    changed(&mut project, "/w/data/a.csv");
    assert_eq!(project.revision(), 1, "nothing changed");
    fs.remove("/w/data/a.csv");
    changed(&mut project, "/w/data");
    assert_eq!(data(&project)[0].1, Err(NotRead::Missing));
    fs.write("/w/data/a.csv", "3");
    changed(&mut project, "/w/data/a.csv");
    assert_eq!(data(&project)[0].1, Ok("3".into()));
    assert_eq!(project.revision(), 3);
    assert_eq!(project.workspace().data(project.db())["data/a.csv"], input);
}

#[test]
fn an_editor_names_files_as_it_types() {
    let (fs, mut project) = workspace(&[("t1.tr", "rapport T1 2025 för nord\n"), ("a.csv", "1")]);
    assert_eq!(data(&project), []);
    let path: Utf8PathBuf = "/w/t1.tr".into();
    let text = |name: &str| TABLE.replace("../data/a.csv", name);
    project.set_overlay(&path, text("a.cs"));
    assert_eq!(data(&project), [("a.cs".into(), Err(NotRead::Missing))]);
    project.set_overlay(&path, text("a.csv"));
    assert_eq!(data(&project), [("a.csv".into(), Ok("1".into()))]);
    fs.write("/w/a.csv", "2");
    project.set_overlay(&path, text("a.csv") + "\n");
    assert_eq!(data(&project)[0].1, Ok("1".into()), "a keystroke reads no file again");
    project.remove_overlay(&path);
    assert_eq!(data(&project), []);
}

#[test]
fn nothing_outside_the_workspace_is_read() {
    let (fs, mut project) = workspace(&[("t1.tr", "rapport T1 2025 för nord\n")]);
    fs.write("/hemligt.csv", "x");
    fs.link("/w/bort.csv", "/hemligt.csv");
    for (name, found) in
        [("bort.csv", Some(NotRead::Outside)), ("../hemligt.csv", None), ("/hemligt.csv", None)]
    {
        project.set_overlay("/w/t1.tr".into(), TABLE.replace("../data/a.csv", name));
        let of: Vec<_> = data(&project).into_iter().map(|(_, content)| content).collect();
        assert_eq!(of, found.map(Err).into_iter().collect::<Vec<_>>(), "{name}");
    }
    // A document outside every workspace reads nothing beside it.
    let mut alone = Project::empty(Arc::new(fs.clone()), "/".into());
    alone.set_overlay("/t1.tr".into(), TABLE.replace("../data/a.csv", "hemligt.csv"));
    assert_eq!(data(&alone), []);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let (fs, mut project) = workspace(&[("r/t1.tr", TABLE)]);
    fs.write("/w/data/a.csv", vec![b'x'; usize::try_from(MOST_BYTES).unwrap() + 1]);
    changed(&mut project, "/w/data/a.csv");
    assert_eq!(data(&project)[0].1, Err(NotRead::TooLarge));
}
