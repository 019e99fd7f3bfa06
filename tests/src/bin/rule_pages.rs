//! Writes every rule's page to a folder, in Swedish and in English, with a list of them:
//! what `cargo xtask generate` puts in `docs/regler`.

#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use trc_rules::{Level, Rule, Run, Scope, rules};

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1).map(PathBuf::from) else {
        eprintln!("usage: rule_pages FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("en"))?;
    for rule in rules() {
        fs::write(folder.join(format!("{}.md", rule.id)), swedish(rule))?;
        fs::write(folder.join("en").join(format!("{}.md", rule.id)), english(rule))?;
    }
    let (mut sv, mut en) = (LIST_SV.to_owned(), LIST_EN.to_owned());
    for rule in rules() {
        let (id, since) = (rule.id, rule.since);
        let (level_sv, level_en) = level(rule.level);
        let _ = writeln!(sv, "| [`{id}`]({id}.md) | {level_sv} | {} | {since} |", rule.title_sv);
        let _ = writeln!(en, "| [`{id}`]({id}.md) | {level_en} | {} | {since} |", rule.title_en);
    }
    fs::write(folder.join("README.md"), sv)?;
    fs::write(folder.join("en/README.md"), en)
}

const LIST_SV: &str = "\
# Reglerna

Skrivna av `cargo xtask generate` ur reglernas egna filer. [In English](en/README.md).

| regel | nivå | vad den vill | sedan |
| --- | --- | --- | --- |
";

const LIST_EN: &str = "\
# The rules

Written by `cargo xtask generate` from the rules' own files. [På svenska](../README.md).

| rule | level | what it wants | since |
| --- | --- | --- | --- |
";

/// The rule's own page, with what its declaration says below the title.
fn swedish(rule: &Rule) -> String {
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    let (level, _) = level(rule.level);
    let (looks_at, _) = looks_at(rule);
    let (id, since) = (rule.id, rule.since);
    // The page's last section has a page of its own here.
    let rest = rest.split("\n## In English").next().unwrap_or(rest).trim();
    format!(
        "{title}\n\nNivå: {level}. Ser på: {looks_at}. Sedan version {since}. [In English](en/{id}.md).\n\n{rest}\n"
    )
}

/// The title, what the rule's page says in English, and its examples.
fn english(rule: &Rule) -> String {
    let (_, level) = level(rule.level);
    let (_, looks_at) = looks_at(rule);
    let said = rule.page.split("\n## In English").nth(1).unwrap_or_default().trim();
    let (id, title, since) = (rule.id, rule.title_en, rule.since);
    let mut out = format!(
        "# {id}: {title}\n\nLevel: {level}. Looks at: {looks_at}. Since version {since}. [På svenska](../{id}.md).\n\n{said}\n"
    );
    for (heading, section) in [("Right", "\n## Rätt"), ("Wrong", "\n## Fel")] {
        let after = rule.page.split(section).nth(1).unwrap_or_default();
        let section = after.split("\n## ").next().unwrap_or_default();
        let _ = write!(out, "\n## {heading}\n");
        for block in section.split("\n```").skip(1).step_by(2) {
            let _ = write!(out, "\n```{block}\n```\n");
        }
    }
    out
}

/// What a rule looks at, in Swedish and English.
fn looks_at(rule: &Rule) -> (&'static str, &'static str) {
    if matches!(rule.run, Run::Paragraph(_)) {
        return ("ett stycke", "a paragraph");
    }
    match rule.scope() {
        Scope::File => ("en fil", "a file"),
        Scope::Declaration => {
            ("en deklaration och det den hänvisar till", "a declaration and what it refers to")
        }
        Scope::Document => ("ett dokument och dem det följer", "a document and those it follows"),
        Scope::Workspace => ("hela arbetsytan", "the whole workspace"),
    }
}

/// A level in words, in Swedish and English.
fn level(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Error => ("fel", "error"),
        Level::Warning => ("varning", "warning"),
        Level::Info => ("upplysning", "note"),
        Level::Completeness => {
            ("varning, och fel i en slutlig rapport", "warning, and error in a final report")
        }
    }
}
