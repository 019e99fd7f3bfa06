//! Writes a report as it was published, mistakes included, to a folder of its own, to try
//! the tools on: `cargo run -p tests --bin as_published 000 FOLDER`.

#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use tests::example;
use tests::published::Published;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [report, folder] = arguments.as_slice() else {
        eprintln!("usage: as_published 000 FOLDER");
        return ExitCode::from(2);
    };
    match write(report, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(report: &str, folder: &Path) -> io::Result<()> {
    let example = example::ALL.into_iter().find(|example| example.published == report);
    let example = example
        .ok_or_else(|| io::Error::other(format!("no example follows the report {report}")))?;
    example::copy(&example.path(), folder);
    let files = Published::of(example).uncorrected(&example.sources());
    for (path, text) in files {
        fs::write(folder.join(path), text)?;
    }
    Ok(())
}
