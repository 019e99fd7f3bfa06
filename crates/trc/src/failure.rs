//! What stops a command: the tool or its invocation failed, and nothing can be said
//! about the reports.

use std::io::{self, Write};

use trc_base::{Language, Text};

use crate::terminal::{Paint, Style};

/// Why a command could not do its work, and what the person who ran it can do.
#[derive(Debug, Clone)]
pub struct Failure {
    pub message: Text,
    pub help: Text,
}

impl Failure {
    pub fn new(message: Text, help: Text) -> Failure {
        Failure { message, help }
    }

    /// Writes the failure as text. A failure to say why something failed has nobody
    /// left to tell, so errors end here.
    pub fn print(&self, out: &mut dyn Write, language: Language, paint: Paint) {
        let word = match language {
            Language::Sv => "Fel:",
            Language::En => "Error:",
        };
        let what_to_do = what_to_do(language);
        let (message, help) = (self.message.get(language), self.help.get(language));
        let _ = writeln!(out, "{} {message}", paint.style(Style::Error, word));
        if !help.is_empty() {
            let _ = writeln!(out, "{} {help}", paint.style(Style::Help, what_to_do));
        }
        let _ = out.flush();
    }
}

/// The words before a help text.
pub fn what_to_do(language: Language) -> &'static str {
    match language {
        Language::Sv => "Gör så här:",
        Language::En => "What to do:",
    }
}

/// Writing to standard output failed. A reader that has closed its end, such as
/// `head`, has what it wanted: that is no failure, see [`crate::commands::run`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let reason = os_reason(&error);
        Failure::new(
            Text::new(
                format!("Resultatet kunde inte skrivas ut: {}.", reason.sv),
                format!("The result could not be written: {}.", reason.en),
            ),
            Text::new(
                "Se efter att det finns plats på disken och att målet går att skriva till.",
                "Make sure that there is room on the disk and that the target can be written.",
            ),
        )
    }
}

/// The usual reasons that an operating system gives, in words.
pub fn os_reason(error: &io::Error) -> Text {
    use io::ErrorKind::*;
    let (sv, en) = match error.kind() {
        NotFound => ("filen eller mappen finns inte", "the file or folder does not exist"),
        PermissionDenied => ("behörighet saknas", "permission denied"),
        NotADirectory => (
            "en del av sökvägen är en fil, inte en mapp",
            "a part of the path is a file, not a folder",
        ),
        IsADirectory => {
            ("där ligger en mapp med samma namn", "a folder of the same name is in the way")
        }
        ReadOnlyFilesystem => ("platsen är skrivskyddad", "the place is read-only"),
        StorageFull | QuotaExceeded => ("disken är full", "the disk is full"),
        FileTooLarge => ("filen är för stor", "the file is too large"),
        AlreadyExists => ("den finns redan", "it exists already"),
        DirectoryNotEmpty => ("mappen är inte tom", "the folder is not empty"),
        InvalidFilename => ("namnet är inte tillåtet här", "the name is not allowed here"),
        _ => return Text::new(error.to_string(), error.to_string()),
    };
    Text::new(sv, en)
}
