//! The invariants of ARCHITECTURE.md that no compiler and no lint notices.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tests::programs;

/// Crates that may touch files, the environment, the clock and processes.
const WITH_IO: [&str; 3] = ["trc_workspace", "trc_lsp", "trc"];

#[test]
fn a_crate_imports_only_crates_above_it() {
    let order = layers();
    let place = |name: &str| {
        order
            .iter()
            .position(|layer| layer == name)
            .unwrap_or_else(|| panic!("{name} is not in ARCHITECTURE.md's list"))
    };
    for (name, crate_) in crates() {
        for dependency in
            dependencies(&crate_, None).filter(|dependency| dependency.starts_with("trc"))
        {
            assert!(
                place(&dependency) < place(&name),
                "{name} imports {dependency}, which stands below it in ARCHITECTURE.md"
            );
        }
    }
}

#[test]
fn the_list_of_crates_is_complete() {
    let listed: BTreeSet<String> = layers().into_iter().collect();
    let present: BTreeSet<String> = crates().into_keys().collect();
    assert_eq!(listed, present);
}

#[test]
fn only_trc_typst_names_typst() {
    for (name, crate_) in crates() {
        let typst: Vec<String> = all_dependencies(&crate_)
            .filter(|dependency| dependency.starts_with("typst") || dependency == "comemo")
            .collect();
        assert!(name == "trc_typst" || typst.is_empty(), "{name} depends on {typst:?}");
    }
}

/// The server stays small and survives whatever typesetting does: that runs in a process
/// of its own.
#[test]
fn the_server_does_not_link_typst() {
    let reached = closure("trc_lsp");
    assert!(reached.contains("salsa"), "the closure is read rightly");
    let typst: Vec<_> =
        reached.iter().filter(|name| name.starts_with("typst") || *name == "trc_typst").collect();
    assert!(typst.is_empty(), "trc_lsp links {typst:?}");
}

/// Two versions would each keep a cache, and evicting one would leave the other.
#[test]
fn there_is_one_comemo() {
    let lock = read("Cargo.lock");
    assert_eq!(lock.matches("name = \"comemo\"\n").count(), 1);
}

/// Clippy holds the rules; this holds that it is told them, for every crate.
#[test]
fn the_lints_are_in_place() {
    let manifest = read("Cargo.toml");
    let lints = [
        "unsafe_code",
        "unwrap_used",
        "expect_used",
        "panic",
        "indexing_slicing",
        "string_slice",
        "arithmetic_side_effects",
        "iter_over_hash_type",
        "disallowed_methods",
    ];
    for lint in lints {
        assert!(
            manifest.contains(&format!("\n{lint} = \"deny\"")),
            "{lint} is not denied in Cargo.toml"
        );
    }
    let clippy = read("clippy.toml");
    for method in [
        "std::fs::read",
        "std::fs::write",
        "std::env::var",
        "std::time::SystemTime::now",
        "std::process::Command::new",
    ] {
        assert!(
            clippy.contains(&format!("\"{method}\"")),
            "{method} is not disallowed in clippy.toml"
        );
    }
    let manifests = tracked()
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml") && path != Path::new("Cargo.toml"));
    for path in manifests {
        let text = std::fs::read_to_string(programs::root().join(&path)).unwrap();
        let shared = text.contains("[lints]\nworkspace = true");
        // A fuzz target is a workspace of its own, built by another tool.
        assert!(
            shared || text.contains("cargo-fuzz = true"),
            "{} does not take the workspace's lints",
            path.display()
        );
    }
}

/// Clippy's list names methods one by one. The core has no use for any of these modules.
#[test]
fn the_core_does_no_io() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::process",
        "std::net",
        "SystemTime",
        "Instant::now",
        "std::io::stdin",
    ];
    let mut found = String::new();
    for path in core_sources() {
        for (number, line) in read_library(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if forbidden.iter().any(|name| code.contains(name))
                || code.contains("disallowed_methods")
            {
                writeln!(found, "{}:{}: {}", path.display(), number + 1, line.trim()).unwrap();
            }
        }
    }
    assert!(found.is_empty(), "the core does no IO:\n{found}");
}

/// A lint that is switched off in the library would hold for tests only.
#[test]
fn only_tests_may_panic_in_the_core() {
    let lints = [
        "unwrap_used",
        "expect_used",
        "clippy::panic",
        "indexing_slicing",
        "string_slice",
        "arithmetic_side_effects",
        "iter_over_hash_type",
    ];
    for path in core_sources() {
        let text = read_library(&path);
        for attribute in text
            .split("#!")
            .chain(text.split("#["))
            .filter(|part| part.starts_with("[allow(") || part.starts_with("allow("))
        {
            let attribute = attribute.split(']').next().unwrap_or_default();
            assert!(
                !lints.iter().any(|lint| attribute.contains(lint)),
                "{} switches a lint off: {attribute}",
                path.display()
            );
        }
    }
}

#[test]
fn every_direct_dependency_has_a_reason() {
    let architecture = read("ARCHITECTURE.md");
    let reasons: BTreeSet<&str> = rows_of(&architecture, "| dependency |");
    let mut wanted = BTreeSet::new();
    for package in packages() {
        wanted.extend(
            all_dependencies(&package).filter(|name| !name.starts_with("trc") && name != "tests"),
        );
    }
    let without: Vec<_> = wanted.iter().filter(|name| !reasons.contains(name.as_str())).collect();
    assert!(without.is_empty(), "ARCHITECTURE.md gives no reason for {without:?}");
    let gone: Vec<_> = reasons.iter().filter(|name| !wanted.contains(**name)).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md gives reasons for what nothing depends on: {gone:?}");
}

/// Nothing in the repository tells where it was written, by whom, or from where the
/// packages came.
#[test]
fn no_file_tells_of_a_machine() {
    // Spelled in two halves, so that this file does not hold them.
    let words = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["cra", "tes.io"],
        ["py", "pi.org"],
        ["npm", "js.org"],
        ["deb.deb", "ian.org"],
        ["static.rust", "-lang.org"],
        ["sand", "box"],
    ]
    .map(|halves| halves.concat());
    let mut found = String::new();
    for (path, text) in texts() {
        // A lock file says where its packages come from: that is its task.
        if path.file_name().is_some_and(|name| name == "Cargo.lock" || name == "package-lock.json")
        {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                writeln!(found, "{}:{}: {word}", path.display(), number + 1).unwrap();
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// Addresses of persons stay out; invented ones have a host that nobody can have: a
/// reserved name, or a single letter.
#[test]
fn every_email_address_is_invented() {
    let mut found = String::new();
    for (path, text) in texts() {
        for word in text.split(|character: char| {
            character.is_whitespace() || "()<>\"'`,;:[]{}|".contains(character)
        }) {
            if let Some(domain) = domain_of_address(word) {
                let invented = ["example", "test", "invalid"]
                    .iter()
                    .any(|end| domain.ends_with(&format!(".{end}")))
                    || ["example.org", "example.com", "example.net"]
                        .iter()
                        .any(|end| domain == *end || domain.ends_with(&format!(".{end}")))
                    || domain.split('.').next().is_some_and(|host| host.len() == 1);
                if !invented {
                    writeln!(found, "{}: {word}", path.display()).unwrap();
                }
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

/// A report in which a passage stands twice is what the language is there to prevent;
/// its examples show how to do without.
#[test]
fn no_passage_of_an_example_stands_twice() {
    const WORDS: usize = 12;
    let mut found = String::new();
    for example in examples() {
        let mut places: BTreeMap<Vec<String>, (PathBuf, usize)> = BTreeMap::new();
        for (path, text) in texts().into_iter().filter(|(path, _)| {
            path.starts_with(&example) && path.extension().is_some_and(|end| end == "tr")
        }) {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !declares(line)) {
                let words = words_of(line);
                for passage in words.windows(WORDS) {
                    let here = (path.clone(), number + 1);
                    match places.get(passage) {
                        Some(there) if *there != here => {
                            writeln!(
                                found,
                                "{}:{} and {}:{}: {}",
                                path.display(),
                                here.1,
                                there.0.display(),
                                there.1,
                                passage.join(" ")
                            )
                            .unwrap();
                        }
                        Some(_) => {}
                        None => {
                            places.insert(passage.to_vec(), here);
                        }
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

// What the tests read.

/// The crates in the order of ARCHITECTURE.md's list.
fn layers() -> Vec<String> {
    let architecture = read("ARCHITECTURE.md");
    let rows = architecture.lines().skip_while(|line| !line.starts_with("| crate ")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .filter_map(first_cell)
        .map(ToOwned::to_owned)
        .collect()
}

/// The first cells of the table whose head begins so.
fn rows_of<'a>(text: &'a str, head: &str) -> BTreeSet<&'a str> {
    let rows = text.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    rows.take_while(|line| line.starts_with('|')).filter_map(first_cell).collect()
}

fn first_cell(row: &str) -> Option<&str> {
    row.split('`').nth(1)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(programs::root().join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = programs::run(Command::new(cargo).current_dir(programs::root()).args([
        "metadata",
        "--format-version",
        "1",
    ]));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The packages of this repository.
fn packages() -> Vec<Value> {
    let metadata = metadata();
    let members = metadata["workspace_members"].as_array().unwrap().clone();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| members.contains(&package["id"]))
        .cloned()
        .collect()
}

/// The packages below `crates/`, by name.
fn crates() -> BTreeMap<String, Value> {
    let below = |package: &Value| {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap()).to_owned();
        manifest.starts_with(programs::root().join("crates"))
    };
    packages()
        .into_iter()
        .filter(below)
        .map(|package| (package["name"].as_str().unwrap().to_owned(), package))
        .collect()
}

/// The names of a package's dependencies of a kind; `None` is the normal one.
fn dependencies<'a>(
    package: &'a Value,
    kind: Option<&'a str>,
) -> impl Iterator<Item = String> + 'a {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(move |dependency| dependency["kind"].as_str() == kind).map(dependency_name)
}

fn all_dependencies(package: &Value) -> impl Iterator<Item = String> + '_ {
    package["dependencies"].as_array().unwrap().iter().map(dependency_name)
}

fn dependency_name(dependency: &Value) -> String {
    let name = dependency["rename"].as_str().or(dependency["name"].as_str());
    name.unwrap().to_owned()
}

/// The names of everything that a crate links.
fn closure(name: &str) -> BTreeSet<String> {
    let metadata = metadata();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeMap<&str, &str> = packages
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package["name"].as_str().unwrap()))
        .collect();
    let start =
        packages.iter().find(|package| package["name"] == name).unwrap()["id"].as_str().unwrap();
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(id) = waiting.pop() {
        if !reached.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id).unwrap();
        for edge in node["deps"].as_array().unwrap() {
            if edge["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()) {
                waiting.push(edge["pkg"].as_str().unwrap());
            }
        }
    }
    reached.into_iter().map(|id| names[id].to_owned()).collect()
}

/// The files that git knows, and those that it would take.
fn tracked() -> Vec<PathBuf> {
    let mut command = Command::new("git");
    command.current_dir(programs::root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let output = programs::run(&mut command);
    let names = String::from_utf8(output.stdout).unwrap();
    let files: Vec<PathBuf> =
        names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    assert!(files.len() > 50, "git lists the files");
    files.into_iter().filter(|path| programs::root().join(path).is_file()).collect()
}

/// The tracked files that are text.
fn texts() -> Vec<(PathBuf, String)> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(programs::root().join(&path)).ok()?;
        Some((path, text))
    };
    tracked().into_iter().filter_map(read).collect()
}

/// A file without the tests at its end.
fn read_library(path: &Path) -> String {
    let text = std::fs::read_to_string(programs::root().join(path)).unwrap();
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

/// The sources of the libraries without IO, without files that hold only tests.
fn core_sources() -> Vec<PathBuf> {
    let files = tracked().into_iter().filter(|path| {
        let mut parts = path.iter().map(|part| part.to_string_lossy().into_owned());
        let (Some(top), Some(name), Some(folder)) = (parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let source = folder == "src" && path.extension().is_some_and(|end| end == "rs");
        let source = source && path.file_name().is_some_and(|file| file != "tests.rs");
        top == "crates" && source && !WITH_IO.contains(&name.as_str())
    });
    let files: Vec<PathBuf> = files.collect();
    assert!(files.len() > 20, "the core has sources");
    files
}

fn examples() -> BTreeSet<PathBuf> {
    let examples: BTreeSet<PathBuf> = tracked()
        .into_iter()
        .filter(|path| {
            path.starts_with("examples") && path.file_name().is_some_and(|name| name == "trc.toml")
        })
        .filter_map(|path| path.parent().map(Path::to_owned))
        .collect();
    assert!(!examples.is_empty(), "there are examples");
    examples
}

/// A line that declares something: its title is a name, and names recur.
fn declares(line: &str) -> bool {
    line.contains(" \"") && !line.trim_end().ends_with("\"\"\"")
}

fn words_of(line: &str) -> Vec<String> {
    line.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The domain, when a word has the shape of an address: a name, `@`, a host that ends in letters.
fn domain_of_address(word: &str) -> Option<String> {
    let (name, domain) = word.split_once('@')?;
    let domain = domain.trim_end_matches(['.', '*', '_', '\\', '/']);
    let (host, end) = domain.rsplit_once('.')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || ".-_+".contains(character))
    };
    let is_address = plain(name)
        && plain(host)
        && end.len() > 1
        && end.chars().all(|character| character.is_ascii_alphabetic());
    is_address.then(|| domain.to_lowercase())
}

#[test]
fn an_address_is_recognised_by_its_shape() {
    assert_eq!(domain_of_address("namnden@example.org.").as_deref(), Some("example.org"));
    assert_eq!(domain_of_address("code-server@4.100.3"), None);
    assert_eq!(domain_of_address("@1.2"), None);
    assert_eq!(domain_of_address("@årsprognos.äldreomsorg"), None);
}
