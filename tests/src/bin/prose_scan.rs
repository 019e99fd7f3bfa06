//! Runs the rules that need nothing but a paragraph over plain text, a line a paragraph,
//! and prints each finding as a line of JSON: `cargo xtask prose-scan FILE…`.

#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::print_stdout)]

use std::process::ExitCode;
use std::{env, fs};

use serde_json::json;

fn main() -> ExitCode {
    let files: Vec<String> = env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: prose_scan FILE…");
        return ExitCode::from(2);
    }
    for file in files {
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        };
        for (index, line) in text.lines().enumerate() {
            // A row of a table is no sentence.
            if line.contains('\t') && !line.starts_with("Analys") {
                continue;
            }
            for (rule, claim) in trc_rules::claims(line) {
                let range = usize::from(claim.range.start())..usize::from(claim.range.end());
                println!(
                    "{}",
                    json!({
                        "file": file,
                        "line": index + 1,
                        "rule": rule.id,
                        "quote": line.get(range).unwrap_or_default(),
                        "message": claim.message.sv,
                    })
                );
            }
        }
    }
    ExitCode::SUCCESS
}
