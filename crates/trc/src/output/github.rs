//! Annotations of GitHub Actions: workflow commands that the runner reads from standard
//! output and shows beside the lines of a pull request.

use std::io::{self, Write};

use trc_base::{Language, Severity};

use super::Findings;

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    for finding in &findings.diagnostics {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let place = findings.place(&finding.location);
        let file = format!("{}{}", findings.prefix, finding.location.file);
        write!(out, "::{command} file={},line={}", property(&file), place.line)?;
        // Columns mean something on one line only.
        if place.end_line == place.line {
            write!(out, ",col={},endColumn={}", place.column, place.end_column)?;
        } else {
            write!(out, ",endLine={}", place.end_line)?;
        }
        let (message, help) = (finding.message.get(language), finding.help.get(language));
        writeln!(
            out,
            ",title={}::{}",
            property(finding.rule),
            data(&format!("{message}\n{help}"))
        )?;
    }
    Ok(())
}

/// A message: what would end the command is escaped.
fn data(text: &str) -> String {
    text.trim_end().replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: so is what would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use trc_base::{Language, Severity};

    use crate::cli::Format;
    use crate::output::tests::{TEXT, finding, findings, rendered, sample};

    #[test]
    fn an_annotation_each() {
        insta::assert_snapshot!(rendered(&sample(), Format::Github, Language::Sv), @r"
        ::warning file=t1.tr,line=2,col=9,endColumn=10,title=declared-twice::Fältet står två gånger.%0ATa bort det ena.
        ::error file=t1.tr,line=4,col=1,endColumn=10,title=declared-twice::Fältet står två gånger.%0ATa bort det ena.
        ");
    }

    /// A report can hold any text, and a path any character: neither may begin a command
    /// of its own.
    #[test]
    fn nothing_in_a_text_ends_the_command() {
        let mut hostile = finding(TEXT, "5 st", Severity::Info);
        hostile.message.sv = "100 %\r\n::stop-commands::x".to_owned();
        let mut found = findings(TEXT, vec![hostile]);
        found.prefix = "a,b:c%/\n".to_owned();
        assert_eq!(
            rendered(&found, Format::Github, Language::Sv),
            "::notice file=a%2Cb%3Ac%25/%0At1.tr,line=3,col=10,endColumn=14,title=declared-twice::100 %25%0D%0A::stop-commands::x%0ATa bort det ena."
        );
    }
}
