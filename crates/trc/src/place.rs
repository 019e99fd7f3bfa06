//! From a path on the command line to the workspace it belongs to.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use trc_base::{Text, text};
use trc_workspace::{OpenError, Project, RealFileSystem, clock};

use crate::commands::Context;
use crate::failure::{Failure, os_reason};

/// An open workspace, and how much of it was asked for.
pub struct Target {
    pub project: Project,
    /// The part asked for, relative to the root: a file, a folder, or nothing for all.
    pub part: Option<String>,
    /// What leads from the current folder to the root: nothing, or ends with `/`.
    pub prefix: String,
}

impl Target {
    /// True when a file of the workspace belongs to the part asked for.
    pub fn covers(&self, file: &str) -> bool {
        self.part.as_ref().is_none_or(|part| {
            file.strip_prefix(part.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Opens the workspace of a path, or the one around the current folder.
pub fn open(path: Option<&Path>, context: &Context) -> Result<Target, Failure> {
    let here = current_folder()?;
    let start = match path {
        Some(path) => existing(path)?,
        None => here.clone(),
    };
    let Some(root) = Project::find_root(&RealFileSystem, &start) else {
        return Err(no_workspace(&start));
    };
    let mut project = Project::open(Arc::new(RealFileSystem), &root).map_err(cannot_open)?;
    project.set_today(clock::today());
    project.set_phase(context.phase);
    // Without a path the whole workspace is meant, wherever in it one stands.
    let part = path
        .and_then(|_| start.strip_prefix(&root).ok())
        .map(with_slashes)
        .filter(|part| !part.is_empty());
    if let Some(part) = &part
        && start.is_file()
        && !project.files().any(|(name, _)| name == part)
        && !project.problems().iter().any(|problem| *problem.diagnostic().location.file == **part)
    {
        return Err(not_a_source(part));
    }
    let prefix = relative(&here, &root);
    Ok(Target { project, part, prefix })
}

/// The current folder, as text.
pub fn current_folder() -> Result<Utf8PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| {
        let reason = os_reason(&error);
        Failure::new(
            Text::new(
                format!("Den aktuella mappen går inte att läsa: {}.", reason.sv),
                format!("The current folder cannot be read: {}.", reason.en),
            ),
            text!(sv: "Byt till en mapp som finns.", en: "Change to a folder that exists."),
        )
    })?;
    unicode(here)
}

/// A path from the command line, absolute, without `.` and `..`.
pub fn absolute(path: &Path) -> Result<Utf8PathBuf, Failure> {
    let path = unicode(path.to_owned())?;
    let here = current_folder()?;
    let mut out = Utf8PathBuf::new();
    for component in here.join(path).components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                out.pop();
            }
            component => out.push(component),
        }
    }
    Ok(out)
}

/// The same, of something that is there.
pub fn existing(path: &Path) -> Result<Utf8PathBuf, Failure> {
    let absolute = absolute(path)?;
    match std::fs::metadata(&absolute) {
        Ok(_) => Ok(absolute),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

/// Something that was named on the command line cannot be read.
pub fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    let (path, reason) = (path.display(), os_reason(error));
    Failure::new(
        Text::new(
            format!("{path} går inte att läsa: {}.", reason.sv),
            format!("{path} cannot be read: {}.", reason.en),
        ),
        text!(
            sv: "Kontrollera stavningen, och att sökvägen utgår från den mapp du står i.",
            en: "Check the spelling, and that the path starts from the folder you are in.",
        ),
    )
}

/// Something that was named on the command line, or follows from it, cannot be written.
pub fn cannot_write(path: &Utf8Path, error: &io::Error) -> Failure {
    let reason = os_reason(error);
    Failure::new(
        Text::new(
            format!("{path} går inte att skriva: {}.", reason.sv),
            format!("{path} cannot be written: {}.", reason.en),
        ),
        text!(
            sv: "Stäng filen om den är öppen i ett annat program, eller välj en annan plats.",
            en: "Close the file if another program has it open, or choose another place.",
        ),
    )
}

/// A path as seen from the current folder.
pub fn shown(path: &Utf8Path) -> Result<String, Failure> {
    let here = current_folder()?;
    Ok(path.strip_prefix(&here).unwrap_or(path).to_string())
}

fn unicode(path: PathBuf) -> Result<Utf8PathBuf, Failure> {
    Utf8PathBuf::from_path_buf(path).map_err(|path| {
        let path = path.display();
        Failure::new(
            text!(
                sv: "Sökvägen {path} har tecken som inte är Unicode och kan därför inte stå i ett meddelande.",
                en: "The path {path} has characters that are not Unicode, so no message could name it.",
            ),
            text!(sv: "Byt namn på filen eller mappen.", en: "Rename the file or the folder."),
        )
    })
}

fn no_workspace(start: &Utf8Path) -> Failure {
    Failure::new(
        text!(
            sv: "{start} ligger inte i någon arbetsyta: varken där eller i någon mapp ovanför finns filen trc.toml.",
            en: "{start} is not part of any workspace: there is no trc.toml there nor in any folder above.",
        ),
        text!(
            sv: "Gå till mappen med rapporterna, skapa en trc.toml med raden tr = 1 överst i den, eller börja på nytt med trc new MAPP.",
            en: "Go to the folder with the reports, create a trc.toml with the line tr = 1 at its top, or begin anew with trc new DIR.",
        ),
    )
}

fn not_a_source(part: &str) -> Failure {
    Failure::new(
        text!(
            sv: "{part} hör inte till arbetsytan, så det finns inget i den att kontrollera.",
            en: "{part} is no part of the workspace, so there is nothing in it to check.",
        ),
        text!(
            sv: "Till arbetsytan hör varje fil som slutar på .tr, utom dolda filer, mappen ut och det som .gitignore undantar.",
            en: "The workspace has every file that ends in .tr, except hidden files, the folder ut and what .gitignore excludes.",
        ),
    )
}

fn cannot_open(error: OpenError) -> Failure {
    let (root, reason) = match error {
        OpenError::Folder { root, error } => (root, os_reason(&error)),
        OpenError::NoConfig { root } => return no_workspace(&root),
    };
    Failure::new(
        Text::new(
            format!("Arbetsytan {root} går inte att läsa: {}.", reason.sv),
            format!("The workspace {root} cannot be read: {}.", reason.en),
        ),
        text!(sv: "Se efter att du får läsa mappen.", en: "Make sure that you may read the folder."),
    )
}

fn with_slashes(path: &Utf8Path) -> String {
    path.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/")
}

/// What leads from one folder to another: nothing, or ends with `/`.
fn relative(from: &Utf8Path, to: &Utf8Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..");
    let down = to.components().skip(shared);
    up.chain(down.map(|part| part.as_str())).map(|part| format!("{part}/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_folder_to_folder() {
        for (from, to, path) in [
            ("/a", "/a", ""),
            ("/a", "/a/b/c", "b/c/"),
            ("/a/b/c", "/a", "../../"),
            ("/a/b", "/a/c", "../c/"),
        ] {
            assert_eq!(relative(from.into(), to.into()), path, "{from} {to}");
        }
    }
}
