//! Files that a report uses lie in its workspace.

use trc_base::text;
use trc_model::Part;
use trc_model::data::Reference;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "path-outside-workspace",
    level: Level::Error,
    title_sv: "Bilder och datafiler ligger i arbetsytan",
    title_en: "Pictures and data files lie in the workspace",
    since: "0.1.0",
    page: include_str!("path_outside_workspace.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for (index, field) in cx.facts.fields.iter().enumerate() {
        let known = fields::lookup(&cx.facts.keyword, &field.name, cx.kind);
        let FieldValue::Line(line) = &field.value else { continue };
        if known.is_none_or(|known| known.holds != FieldType::Path) {
            continue;
        }
        // The path of a file of data begins where the source stands.
        let outside = match field.name.as_str() {
            "från" => {
                let source = cx.declaration.file(cx.db).path(cx.db);
                !line.is_empty() && Reference::parse(source, line).is_none()
            }
            _ => leaves(line),
        };
        if !outside {
            continue;
        }
        cx.findings.add(
            cx.part(Part::Field(index)),
            text!(
                sv: "”{line}” ligger utanför arbetsytan, så den som får mappen får inte med filen.",
                en: "“{line}” lies outside the workspace, so whoever gets the folder does not get the file.",
            ),
            text!(
                sv: "Kopiera filen in i arbetsytans mapp och skriv sökvägen därifrån, till exempel bilder/karta.svg.",
                en: "Copy the file into the workspace folder and write the path from there, such as bilder/karta.svg.",
            ),
        );
    }
}

/// True for a path that is absolute, names a drive, or climbs above its beginning.
fn leaves(path: &str) -> bool {
    let path = path.split(',').next().unwrap_or(path).trim();
    if path.starts_with(['/', '\\', '~']) || path.contains(':') {
        return true;
    }
    let mut depth = 0i32;
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::leaves;

    #[test]
    fn paths_that_leave() {
        for path in ["/etc/passwd", "../x.png", "a/../../x", r"C:\x.png", r"..\x", "https://x.se/a"] {
            assert!(leaves(path), "{path}");
        }
        for path in ["bild.png", "a/../b.png", "./a/b.svg", "ekonomi.xlsx, blad Drift"] {
            assert!(!leaves(path), "{path}");
        }
    }
}
