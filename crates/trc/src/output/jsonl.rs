//! JSON lines: the objects of `--format json`, one on each line, for programs that read
//! while they are written.

use std::io::{self, Write};

use trc_base::Language;

use super::{Findings, json};

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    for diagnostic in &findings.diagnostics {
        serde_json::to_writer(&mut *out, &json::finding(findings, diagnostic, language))?;
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use trc_base::Language;

    use crate::cli::Format;
    use crate::output::tests::{rendered, sample};

    #[test]
    fn the_lines_are_the_elements_of_the_array() {
        let array: Vec<Value> =
            serde_json::from_str(&rendered(&sample(), Format::Json, Language::Sv)).unwrap();
        let text = rendered(&sample(), Format::Jsonl, Language::Sv);
        let lines: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, array);
    }
}
