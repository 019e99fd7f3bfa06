//! JUnit's XML, which most CI services show as a list of tests. A file is a suite and a
//! finding a test; it fails when the finding fails the run.

use std::io::{self, Write};

use trc_base::Diagnostic;

use super::{Findings, Show, word};

pub fn write(out: &mut dyn Write, findings: &Findings, show: Show) -> io::Result<()> {
    let all = &findings.diagnostics;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"trc\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        all.len().max(1),
        failures(all, show)
    )?;
    if all.is_empty() {
        // Services take a report without tests for one that went missing.
        writeln!(out, "  <testsuite name=\"trc\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        writeln!(out, "    <testcase name=\"trc check\" classname=\"trc\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for file in all.chunk_by(|one, next| one.location.file == next.location.file) {
        write_file(out, findings, file, show)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_file(
    out: &mut dyn Write,
    findings: &Findings,
    file: &[Diagnostic],
    show: Show,
) -> io::Result<()> {
    let Some(first) = file.first() else { return Ok(()) };
    let path = escape(&format!("{}{}", findings.prefix, first.location.file));
    let (tests, failed) = (file.len(), failures(file, show));
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"0\">"
    )?;
    for finding in file {
        let place = findings.place(&finding.location);
        let at = format!("{}:{}", place.line, place.column);
        let message = escape(finding.message.get(show.language));
        let help = escape(finding.help.get(show.language));
        writeln!(
            out,
            "    <testcase name=\"{} ({at})\" classname=\"{path}\">",
            escape(finding.rule)
        )?;
        let text = format!("{path}:{at}: {message}\n{help}");
        if show.fails(finding) {
            let kind = escape(word(finding.severity, show.language));
            writeln!(out, "      <failure message=\"{message}\" type=\"{kind}\">{text}</failure>")?;
        } else {
            writeln!(out, "      <system-out>{text}</system-out>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn failures(findings: &[Diagnostic], show: Show) -> usize {
    findings.iter().filter(|finding| show.fails(finding)).count()
}

/// A text in XML. Characters that XML cannot hold, not even escaped, become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use trc_base::{Language, Severity};

    use crate::cli::Format;
    use crate::output::tests::{TEXT, finding, findings, rendered, sample};

    #[test]
    fn an_error_fails_and_a_warning_does_not() {
        insta::assert_snapshot!(rendered(&sample(), Format::Junit, Language::Sv));
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let mut broken = finding(TEXT, "5 st", Severity::Error);
        broken.message.sv = "<a & \"b\">\u{1b}\u{0}\n".to_owned();
        let out = rendered(&findings(TEXT, vec![broken]), Format::Junit, Language::Sv);
        assert!(
            out.contains("message=\"&lt;a &amp; &quot;b&quot;&gt;\u{FFFD}\u{FFFD} \""),
            "{out}"
        );
    }

    #[test]
    fn nothing_found_is_one_test_that_passes() {
        insta::assert_snapshot!(rendered(&findings(TEXT, Vec::new()), Format::Junit, Language::Sv), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="trc" tests="1" failures="0" errors="0">
          <testsuite name="trc" tests="1" failures="0" errors="0">
            <testcase name="trc check" classname="trc"/>
          </testsuite>
        </testsuites>
        "#);
    }
}
