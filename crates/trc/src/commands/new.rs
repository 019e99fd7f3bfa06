//! `trc new`: a small complete workspace to begin from.

use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use trc_base::{Text, text};
use trc_workspace::{RealFileSystem, write_atomically};

use super::{Context, Outcome};
use crate::cli::New;
use crate::failure::{Failure, os_reason};
use crate::place;

/// The files of a new workspace: one of each kind of document, for an invented
/// municipality.
const FILES: &[(&str, &str)] = &[
    ("trc.toml", include_str!("new/trc.toml")),
    ("organisation.tr", include_str!("new/organisation.tr")),
    ("budget-2026.tr", include_str!("new/budget-2026.tr")),
    ("verksamhetsplan-2026.tr", include_str!("new/verksamhetsplan-2026.tr")),
    ("t1-2026.tr", include_str!("new/t1-2026.tr")),
];

pub fn run(arguments: &New, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let folder = place::absolute(&arguments.folder)?;
    let taken = match std::fs::read_dir(&folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(place::cannot_write(&folder, &error)),
    };
    if taken {
        return Err(not_empty(&folder));
    }
    let made = Made::folder(&folder).map_err(|error| place::cannot_write(&folder, &error))?;
    for (name, content) in FILES {
        let path = folder.join(name);
        let written = write_atomically(&RealFileSystem, &path, content.as_bytes());
        if let Err(error) = written {
            made.undo(&folder);
            return Err(place::cannot_write(&path, &error));
        }
    }
    let shown = place::shown(&folder)?;
    let shown = if shown.is_empty() { "." } else { &shown };
    for (name, _) in FILES {
        writeln!(out, "{}", Utf8Path::new(shown).join(name))?;
    }
    writeln!(out)?;
    writeln!(out, "{}", next_steps(shown).get(context.language))?;
    Ok(Outcome::Clean)
}

/// What was made, so that a failure half-way leaves nothing behind.
struct Made {
    /// The outermost folder that did not exist before.
    folder: Option<Utf8PathBuf>,
}

impl Made {
    fn folder(folder: &Utf8Path) -> io::Result<Made> {
        let missing = folder.ancestors().take_while(|folder| !folder.exists()).last();
        let made = Made { folder: missing.map(Utf8Path::to_owned) };
        match std::fs::create_dir_all(folder) {
            Ok(()) => Ok(made),
            Err(error) => {
                made.undo(folder);
                Err(error)
            }
        }
    }

    /// Takes away what was made, as far as that goes; the reason for it is what is told.
    fn undo(&self, folder: &Utf8Path) {
        for (name, _) in FILES {
            let _ = std::fs::remove_file(folder.join(name));
        }
        if let Some(outermost) = &self.folder {
            for folder in folder.ancestors().take_while(|folder| folder.starts_with(outermost)) {
                let _ = std::fs::remove_dir(folder);
            }
        }
    }
}

fn next_steps(folder: &str) -> Text {
    text!(
        sv: "En påhittad kommuns arbetsyta ligger nu i {folder}. Gå dit och kör:\n  trc check            säger vad som saknas eller är fel\n  trc build --draft    bygger rapporten som PDF i mappen ut\nByt sedan ut texten mot er egen.",
        en: "The workspace of an invented municipality is now in {folder}. Go there and run:\n  trc check            says what is missing or wrong\n  trc build --draft    builds the report as PDF into the folder ut\nThen replace the text with your own.",
    )
}

fn not_empty(folder: &Utf8Path) -> Failure {
    let reason = os_reason(&io::ErrorKind::DirectoryNotEmpty.into());
    Failure::new(
        Text::new(
            format!("Ingen arbetsyta skapades i {folder}: {}.", reason.sv),
            format!("No workspace was made in {folder}: {}.", reason.en),
        ),
        text!(
            sv: "Välj en mapp som är tom eller inte finns.",
            en: "Choose a folder that is empty or does not exist.",
        ),
    )
}
