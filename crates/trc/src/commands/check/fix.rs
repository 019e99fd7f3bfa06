//! `trc check --fix`: mends what is known how to mend.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use similar::TextDiff;
use trc_base::{Applicability, Diagnostic, Fix, Text, text};
use trc_workspace::{RealFileSystem, write_atomically};

use super::{Context, check};
use crate::cli::Check;
use crate::failure::Failure;
use crate::output::Findings;
use crate::place::{self, Target};

/// Mending one thing may show another. A fix that brings about what it mends would go
/// on for ever.
const MOST_ROUNDS: usize = 10;

/// What was mended.
pub struct Mended {
    /// What is still found.
    pub findings: Findings,
    pub fixes: usize,
    /// The texts that changed: as they were and as they are.
    files: BTreeMap<Arc<str>, (String, String)>,
}

/// Mends what can be mended in the part asked for, in memory.
pub fn mend(arguments: &Check, target: &mut Target, context: &Context) -> Mended {
    let mut mended = Mended { findings: check(target, context), fixes: 0, files: BTreeMap::new() };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let fixes: Vec<&Fix> = mended
            .findings
            .diagnostics
            .iter()
            .filter_map(|finding| finding.fix.as_ref())
            .filter(|fix| arguments.unsafe_fixes || fix.applicability == Applicability::Safe)
            .filter(|fix| target.covers(&fix.location.file))
            .collect();
        let changed = changed(target, &mended.findings, &fixes);
        // A state that was there before would only come again.
        if changed.is_empty() || !seen.insert(format!("{changed:?}")) {
            break;
        }
        let before = unreadable(&mended.findings);
        for (file, (old, new, _)) in &changed {
            set(target, file, new);
            let entry = mended.files.entry(Arc::clone(file));
            entry.or_insert_with(|| (old.clone(), String::new())).1.clone_from(new);
        }
        let after = check(target, context);
        if unreadable(&after) > before {
            // No fix is meant to make a file unreadable; one that does is undone.
            for (file, (old, ..)) in &changed {
                set(target, file, old);
                if let Some(entry) = mended.files.get_mut(file) {
                    entry.1.clone_from(old);
                }
            }
            break;
        }
        mended.findings = after;
        mended.fixes = changed.values().fold(mended.fixes, |sum, it| sum.saturating_add(it.2));
    }
    mended.files.retain(|_, (old, new)| old != new);
    mended
}

fn set(target: &mut Target, file: &str, text: &str) {
    let path = target.project.path(file);
    target.project.set_overlay(&path, text.to_owned());
}

/// How many findings say that something cannot be read.
fn unreadable(findings: &Findings) -> usize {
    let cannot = |finding: &&Diagnostic| trc_rules::always_holds(finding.rule);
    findings.diagnostics.iter().filter(cannot).count()
}

/// Each file that the fixes change: its text, the new one, and how many fixes are in it.
/// Of fixes that overlap the first is made; the next round sees whether the others are
/// still needed.
fn changed(
    target: &Target,
    findings: &Findings,
    fixes: &[&Fix],
) -> BTreeMap<Arc<str>, (String, String, usize)> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for fix in fixes {
        by_file.entry(&fix.location.file).or_default().push(fix);
    }
    let mut out = BTreeMap::new();
    for (file, mut fixes) in by_file {
        let Some(source) = findings.sources.get(file) else { continue };
        // The text of a file in another encoding is a guess. It is not written back.
        let db = target.project.db();
        if target.project.files().any(|(name, it)| *name == **file && it.encoding(db).is_some()) {
            continue;
        }
        fixes.sort_by_key(|fix| (fix.location.range, &fix.text));
        fixes.dedup_by_key(|fix| (fix.location.range, &fix.text));
        let (mut text, mut end, mut count) = (String::new(), 0, 0_usize);
        for fix in fixes {
            let range = fix.location.range;
            let (Ok(from), Ok(to)) = (usize::try_from(range.start), usize::try_from(range.end))
            else {
                continue;
            };
            let Some(between) = source.text.get(end..from).filter(|_| from >= end) else {
                continue;
            };
            text.push_str(between);
            text.push_str(&fix.text);
            end = to;
            count = count.saturating_add(1);
        }
        text.push_str(source.text.get(end..).unwrap_or_default());
        if text != source.text {
            out.insert(Arc::clone(file), (source.text.clone(), text, count));
        }
    }
    out
}

impl Mended {
    /// Writes the changed files.
    pub fn write(&self, target: &Target) -> Result<(), Failure> {
        for (file, (_, new)) in &self.files {
            let path = target.project.path(file);
            write_atomically(&RealFileSystem, &path, new.as_bytes())
                .map_err(|error| place::cannot_write(&path, &error))?;
        }
        Ok(())
    }

    /// Shows what would be written, as a unified difference.
    pub fn show(&self, out: &mut dyn Write, prefix: &str) -> Result<(), Failure> {
        for (file, (old, new)) in &self.files {
            let name = format!("{prefix}{file}");
            let diff = TextDiff::from_lines(old.as_str(), new.as_str());
            write!(out, "{}", diff.unified_diff().header(&name, &name))?;
        }
        Ok(())
    }

    /// True when a file changed or would change.
    pub fn is_anything(&self) -> bool {
        !self.files.is_empty()
    }

    /// What was done, in a line.
    pub fn told(&self) -> Text {
        let (count, files) = (self.fixes, self.files.len());
        text!(
            sv: "Rättat: {count}, i filer: {files}.",
            en: "Mended: {count}, in files: {files}.",
        )
    }
}
