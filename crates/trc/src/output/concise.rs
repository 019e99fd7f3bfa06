//! One line a finding: `file:line:column: error[rule]: message`. The words around the
//! message are the same in every language, for search and for problem matchers.

use std::io::{self, Write};

use trc_base::{Language, Severity};

use super::Findings;
use super::excerpt::visible;

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    for finding in &findings.diagnostics {
        let place = findings.place(&finding.location);
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        writeln!(
            out,
            "{}{}:{}:{}: {severity}[{}]: {}",
            findings.prefix,
            visible(&finding.location.file),
            place.line,
            place.column,
            finding.rule,
            visible(finding.message.get(language)),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use trc_base::{Language, Severity};

    use crate::cli::Format;
    use crate::output::tests::{TEXT, finding, findings, rendered, sample};

    #[test]
    fn one_line_each() {
        insta::assert_snapshot!(rendered(&sample(), Format::Concise, Language::Sv), @r"
        t1.tr:2:9: warning[declared-twice]: Fältet står två gånger.
        t1.tr:4:1: error[declared-twice]: Fältet står två gånger.
        ");
    }

    #[test]
    fn a_message_stays_on_its_line() {
        let mut broken = finding(TEXT, "5 st", Severity::Info);
        broken.message.en = "one\ntwo\u{1b}[31m".to_owned();
        let out = rendered(&findings(TEXT, vec![broken]), Format::Concise, Language::En);
        assert_eq!(out, "t1.tr:3:10: info[declared-twice]: one two?[31m");
    }
}
