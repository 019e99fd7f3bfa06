//! Every rule's page: its shape, its examples, and what the rule says about them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use page::{Example, Page, SECTIONS, Source};
use trc_base::{Diagnostic, Language};
use trc_model::data::{self, NotRead};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Phase, SourceFile, Workspace};
use trc_rules::{Level, Rule, check, rules};

/// What a rule's examples leave out on purpose: an example shows one thing, not a whole
/// report with its plan.
fn may_be_left_out(id: &str) -> bool {
    id == "plan-missing"
        || trc_rules::find(id).is_some_and(|rule| rule.level == Level::Completeness)
}

/// A finding in an example, at a line of its block.
struct Found {
    line: usize,
    diagnostic: Diagnostic,
}

/// Checks an example as a workspace of its own, as for a final report.
fn findings(example: &Example) -> Vec<Found> {
    let mut db = Database::default();
    let mut files = built_in_files(&db);
    let mut first_lines = Vec::new();
    let mut given = BTreeMap::new();
    match &example.source {
        Source::Text(list) => {
            for (index, file) in list.iter().enumerate() {
                if let Some(path) = &file.data {
                    given.insert(path.clone(), Ok(Arc::from(file.text.as_bytes())));
                    continue;
                }
                let path = format!("{index}.tr");
                files.push(SourceFile::new(&db, path.as_str().into(), file.text.clone(), None));
                first_lines.push((path, file.lines.start, file.text.clone()));
            }
        }
        Source::Bytes(bytes) => {
            let decoded = trc_syntax::decode::decode(bytes);
            first_lines.push(("0.tr".to_owned(), 0, decoded.text.clone()));
            files.push(SourceFile::new(&db, "0.tr".into(), decoded.text, decoded.problem));
        }
    }
    let workspace = Workspace::new(&db, files, Some(Phase::Final), None);
    let wanted = data::wanted(&db, workspace).into_iter();
    let contents = wanted.map(|path| {
        let content = given.remove(&path).unwrap_or(Err(NotRead::Missing));
        (path, content)
    });
    data::provide(&mut db, workspace, contents.collect());
    assert!(given.is_empty(), "files of data that nothing names: {given:?}");
    let found = check(&db, workspace).into_iter().map(|diagnostic| {
        let (_, first_line, text) = first_lines
            .iter()
            .find(|(path, ..)| *path == *diagnostic.location.file)
            .expect("findings are in the example's files");
        let before = &text.as_bytes()[..diagnostic.location.range.start as usize];
        let line = first_line + before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Found { line, diagnostic }
    });
    found.collect()
}

/// Runs a test for every rule and says of all that fail, not only of the first.
fn for_each_rule(test: impl Fn(&Rule, &Page, &mut Vec<String>)) {
    let mut failures = Vec::new();
    for rule in rules() {
        let mut found = Vec::new();
        test(rule, &Page::read(rule.page), &mut found);
        failures.extend(found.into_iter().map(|failure| format!("{}: {failure}", rule.id)));
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_page_has_the_same_shape() {
    for_each_rule(|rule, page, failures| {
        let mut demand = |holds: bool, failure: &str| {
            if !holds {
                failures.push(failure.to_owned());
            }
        };
        demand(
            page.title == format!("{}: {}", rule.id, rule.title_sv),
            "the title is `# id: title`",
        );
        demand(
            !page.summary.is_empty() && !page.summary.contains("\n\n"),
            "one paragraph says what is checked",
        );
        let titles: Vec<&str> =
            page.sections.iter().map(|section| section.title.as_str()).collect();
        demand(titles == SECTIONS, "the sections are those of every page");
        for section in &page.sections {
            let may_be_examples_only = matches!(section.title.as_str(), "Rätt" | "Fel");
            demand(may_be_examples_only || !section.text.trim().is_empty(), "a section is empty");
        }
        demand(page.wrong().count() >= 2, "two wrong examples");
        demand(page.examples.len() - page.wrong().count() >= 2, "two right examples");
        demand(
            page.examples.is_sorted_by_key(Example::is_wrong),
            "the right examples come before the wrong ones",
        );
    });
}

#[test]
fn right_examples_are_right() {
    for_each_rule(|_, page, failures| {
        for example in page.examples.iter().filter(|example| !example.is_wrong()) {
            for Found { line, diagnostic } in findings(example) {
                let own = page.title.starts_with(&format!("{}:", diagnostic.rule));
                if own || !may_be_left_out(diagnostic.rule) {
                    let (at, rule) = (example.page_line, diagnostic.rule);
                    let message = diagnostic.message.sv;
                    failures.push(format!("example at {at}, line {line}: {rule}: {message}"));
                }
            }
        }
    });
}

#[test]
fn wrong_examples_are_wrong_in_one_way() {
    for_each_rule(|rule, page, failures| {
        for example in page.wrong() {
            let at = example.page_line;
            let (own, others): (Vec<Found>, Vec<Found>) =
                findings(example).into_iter().partition(|found| found.diagnostic.rule == rule.id);
            let lines: BTreeSet<usize> = own.iter().map(|found| found.line).collect();
            let named: BTreeSet<usize> = example.wrong_lines.iter().copied().collect();
            if lines != named {
                failures
                    .push(format!("example at {at}: found on {lines:?}, the page says {named:?}"));
            }
            for Found { line, diagnostic } in others {
                if !may_be_left_out(diagnostic.rule) {
                    let (rule, message) = (diagnostic.rule, diagnostic.message.sv);
                    failures.push(format!("example at {at}, line {line}: also {rule}: {message}"));
                }
            }
        }
    });
}

#[test]
fn examples_have_the_canonical_layout() {
    for_each_rule(|rule, page, failures| {
        for example in &page.examples {
            // A mistake in the shape leaves its block as it was typed.
            if example.is_wrong() && rule.id == "syntax" {
                continue;
            }
            let Source::Text(files) = &example.source else { continue };
            for file in files.iter().filter(|file| file.data.is_none()) {
                let formatted = trc_format::format(&file.text);
                if formatted.text != file.text {
                    let (at, text) = (example.page_line, formatted.text);
                    failures.push(format!("example at {at} is laid out like this:\n{text}"));
                }
            }
        }
    });
}

/// Fields that could name a person give a role instead.
#[test]
fn pages_mention_no_people() {
    const OF_PEOPLE: [&str; 7] =
        ["underskrift", "klar", "granskad", "attesterad", "ansvarig", "handläggare", "telefon"];
    for_each_rule(|_, page, failures| {
        for example in &page.examples {
            let Source::Text(files) = &example.source else { continue };
            for line in files.iter().flat_map(|file| file.text.lines()) {
                let Some((field, value)) = line.trim_start().split_once(": ") else { continue };
                if OF_PEOPLE.contains(&field) && !value.starts_with(char::is_lowercase) {
                    failures.push(format!("a role, not a name or number: {line}"));
                }
            }
        }
    });
}

/// What the rules say about the wrong examples of their pages, in both languages.
#[test]
fn messages() {
    for rule in rules() {
        let mut out = String::new();
        for example in Page::read(rule.page).wrong() {
            for Found { line, diagnostic } in findings(example) {
                if diagnostic.rule != rule.id {
                    continue;
                }
                let severity = format!("{:?}", diagnostic.severity).to_lowercase();
                writeln!(out, "line {line}: {severity}").unwrap();
                for language in [Language::Sv, Language::En] {
                    let (message, help) =
                        (diagnostic.message.get(language), diagnostic.help.get(language));
                    assert!(!message.is_empty(), "{}: a message in {language:?}", rule.id);
                    assert!(!help.is_empty(), "{}: help in {language:?}", rule.id);
                    writeln!(out, "  {message}\n  -> {help}").unwrap();
                    for related in &diagnostic.related {
                        writeln!(out, "  (related) {}", related.message.get(language)).unwrap();
                    }
                }
                assert_ne!(diagnostic.message.sv, diagnostic.message.en, "{}", rule.id);
            }
            writeln!(out).unwrap();
        }
        insta::assert_snapshot!(rule.id, out.trim_end());
    }
}
